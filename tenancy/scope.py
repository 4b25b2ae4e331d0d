"""The one door into a partnership."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models, transaction
from django.urls import (
    ResolverMatch,
    get_script_prefix,
    get_urlconf,
    resolve,
    set_script_prefix,
    set_urlconf,
)
from django.utils import timezone
from django_scopes import ScopedManager, get_scope, scope
from django_scopes.exceptions import ScopeError

from tenancy.policy import SETTING

QuerySetT = TypeVar("QuerySetT", bound="models.QuerySet[Any]")


class Tenant(Protocol):
    """What has to be known about a partnership to open it."""

    @property
    def pk(self) -> int: ...
    @property
    def prefix(self) -> str: ...
    @property
    def time_zone(self) -> str: ...


def scoped(queryset: type[QuerySetT]) -> QuerySetT:
    """A manager with this QuerySet's methods that refuses to answer outside a partnership.

    Typed as the QuerySet itself.
    """
    make_manager: Any = models.Manager.from_queryset
    manager = ScopedManager(partnership="partnership", _manager_class=make_manager(queryset))
    return cast(QuerySetT, manager)


def active_partnership_id() -> int | None:
    """The id of the partnership that is active, None outside any."""
    partnership = get_scope().get("partnership")
    return None if partnership is None else partnership.pk


def active_tenant() -> Any:
    """The active partnership; an error outside any, because the caller needs one."""
    partnership = get_scope().get("partnership")
    if partnership is None:
        raise ScopeError("This needs an active partnership.")
    return partnership


def resolve_here(path: str) -> ResolverMatch:
    """The page at an address of the active partnership, its prefix with it; raises Resolver404."""
    return resolve("/" + path.removeprefix(get_script_prefix()))


@contextmanager
def activate(partnership: Tenant) -> Iterator[None]:
    """Open a partnership: transaction, scope, row-level security, time zone and address prefix.

    The setting is local to the transaction, which a transaction pooler requires. A nested call returns to the outer
    partnership at its end; an exception rolls the setting back with everything else. Hooks that run on commit run
    inside the partnership too: see :func:`hooks_run_inside`.
    """
    outer = active_partnership_id()
    inside_another = connection.in_atomic_block
    with (
        transaction.atomic(),
        scope(partnership=partnership),
        timezone.override(ZoneInfo(partnership.time_zone)),
        addresses_of(partnership),
    ):
        tell_postgres(partnership.pk)
        with hooks_run_inside(partnership):
            yield
        # The setting ends with the outermost transaction.
        if inside_another and outer != partnership.pk and not connection.needs_rollback:
            tell_postgres(outer)


@contextmanager
def hooks_run_inside(partnership: Tenant) -> Iterator[None]:
    """Make every ``transaction.on_commit`` hook added in the block run in the partnership where it was added.

    Hooks run after the transaction, when the scope, the setting for the policies and the address prefix are gone.
    Libraries add hooks too (allauth sends emails from some), so this is done here and not where each is added. A
    hook that needs none of this says so with ``runs_anywhere`` and saves a transaction.
    """
    # A rollback in the block removes only what was added in it.
    before = len(connection.run_on_commit)
    yield
    hooks: list[Any] = connection.run_on_commit
    hooks[before:] = [
        (savepoints, hook if runs_anywhere(hook) else inside(partnership, hook), robust)
        for savepoints, hook, robust in hooks[before:]
    ]


def runs_anywhere(hook: Callable[[], object]) -> bool:
    """Whether a hook says that it needs no partnership."""
    return bool(getattr(hook, "runs_anywhere", False))


def inside(partnership: Tenant, hook: Callable[[], object]) -> Callable[[], None]:
    """The hook, in a transaction of its own inside the partnership."""

    def hook_inside() -> None:
        with activate(partnership):
            hook()

    return hook_inside


def tell_postgres(partnership_id: int | None) -> None:
    """Name the partnership to the policies, until the transaction ends."""
    value = "" if partnership_id is None else str(partnership_id)
    with connection.cursor() as cursor:
        # SET LOCAL takes no parameters; this is the same and does.
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, value])


@contextmanager
def addresses_of(partnership: Tenant) -> Iterator[None]:
    """Every URL name leads into this partnership while the block lasts."""
    prefix, urlconf = get_script_prefix(), get_urlconf()
    set_script_prefix(partnership.prefix)
    set_urlconf(settings.TENANT_URLCONF)
    try:
        yield
    finally:
        set_script_prefix(prefix)
        set_urlconf(urlconf)
