"""A partnership's rules, read once per process for as long as they do not change.

Prices, policies, groups, closure days and questions are the same for everyone and change a few times a year, but
every booking asks for all of them. Within :func:`rulebook`, a function that is :func:`kept` answers from memory as
long as the rulebook still has the edition that the answer was read from. The edition is read once per block, before
the first answer, so a rule that was committed before that always applies.

Outside such a block everything is read from the database, so sweeps, imports and forms that change rules do not
need to know about this.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection

from tenancy.scope import active_partnership_id

P = ParamSpec("P")
T = TypeVar("T")

ANSWERS = 512  # per kept function and process; older editions are dropped first
# One row, read by every page inside a rulebook, so without the cost of building a queryset.
EDITION = "SELECT edition FROM tenancy_rulebookedition WHERE partnership_id = %s"

# The editions that the open block has read, by partnership; None outside any block.
_open: ContextVar[dict[int, UUID | None] | None] = ContextVar("rulebook", default=None)


@contextmanager
def rulebook() -> Iterator[None]:
    """Within the block, or the view that this decorates, rules may come from memory. It must not change any."""
    token = _open.set({})
    try:
        yield
    finally:
        _open.reset(token)


def kept(read: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function reads from rule tables of the active partnership (models with ``is_rule``) and no others.

    Arguments must be hashable. Answers are shared between threads and must not be changed.
    """

    @lru_cache(maxsize=ANSWERS)
    def answer(partnership: int, edition: UUID, *args: Hashable) -> Any:
        return read(*args)  # type: ignore[arg-type, call-arg]

    @wraps(read)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        partnership = active_partnership_id()
        edition = None if partnership is None or kwargs else edition_in_force(partnership)
        if partnership is None or edition is None:
            return read(*args, **kwargs)
        return answer(partnership, edition, *args)  # type: ignore[no-any-return]

    wrapper.is_kept = True  # type: ignore[attr-defined] # for the test that asks which tables each one reads
    return wrapper


def hold_rulebook() -> None:
    """Stop anyone else changing rules of the active partnership until the transaction ends.

    For operations that read rules to decide which rules they write.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"{EDITION} FOR UPDATE", [active_partnership_id()])


def edition_in_force(partnership: int) -> UUID | None:
    """The edition that the open block uses; None outside any block, and if there have never been any rules."""
    editions = _open.get()
    if editions is None:
        return None
    if partnership not in editions:
        with connection.cursor() as cursor:
            cursor.execute(EDITION, [partnership])
            editions[partnership] = next((edition for (edition,) in cursor), None)
    return editions[partnership]
