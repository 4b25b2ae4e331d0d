"""Asking for pages the way a browser does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import get_script_prefix, get_urlconf, set_script_prefix, set_urlconf
from django.utils import timezone
from django_scopes.state import state

from partnerships.models import Membership, User
from tenancy import active_partnership_id
from tenancy.policy import SETTING

PASSWORD = "a-long-enough-secret-1"


@contextmanager
def outside() -> Iterator[None]:
    """Leave the active partnership for a while, as if a request or a worker were just starting."""
    active, prefix, urlconf = active_partnership_id(), get_script_prefix(), get_urlconf()
    token = state.set(None)
    set_script_prefix("/")
    set_urlconf(None)
    if active is not None:
        tell_quietly(None)
    try:
        with timezone.override(None):
            yield
    finally:
        state.reset(token)
        set_script_prefix(prefix)
        set_urlconf(urlconf)
        if active is not None and not connection.needs_rollback:
            tell_quietly(active)


def tell_quietly(partnership_id: int | None) -> None:
    """As ``tell_postgres``, but not among the queries that a test counts: a real request has none of it."""
    raw = connection.connection
    raw.execute("SELECT set_config(%s, %s, true)", [SETTING, str(partnership_id or "")])


class Browser(Client):
    """Django's test client, which must not profit from the partnership that the test has active.

    Addresses are whole ones, as ``reverse`` gives them inside a partnership: ``/harbour/courses/``.
    """

    def request(self, **request: Any) -> Any:
        with outside():
            return super().request(**request)


def sign_in(client: Client, who: Membership | User) -> Client:
    """Sign someone in without the form."""
    user = who.user if isinstance(who, Membership) else who
    client.force_login(user)
    return client


def page_as(who: Membership | User) -> Browser:
    """A browser of the person's own: ``page_as(world.coordinator).get(url)``."""
    browser = Browser()
    sign_in(browser, who)
    return browser


def booking_form(**fields: Any) -> dict[str, Any]:
    """The form of a booking as most people send it."""
    return {
        "manager_declared": "on",
        "accept_policy": "on",
        "wait_if_full": "on",
        "submission": "one",
    } | fields
