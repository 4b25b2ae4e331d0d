"""Two database roles: one owns the tables and migrates, the other runs the site and owns nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, transaction

from tenancy import grants

logger = logging.getLogger(__name__)

SIGN_IN = ("USER", "PASSWORD", "HOST", "PORT")
TWO_ROLES = (
    "DATABASE_URL signs in as a role that owns the tables, so a fault in the application could switch off the policies "
    "that keep partnerships apart and rewrite history. Let another role own them and name it to `manage.py migrate` "
    "as DATABASE_OWNER_URL: see docs/guide/hosting.md."
)


@contextmanager
def working_as(owner: dict[str, Any]) -> Iterator[None]:
    """The default connection signs in as the owner, to the same database, for as long as the block lasts."""
    before = {name: connection.settings_dict[name] for name in SIGN_IN}
    connection.close()
    connection.settings_dict.update({name: owner[name] for name in SIGN_IN})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def give_rights(role: str) -> None:
    """Give the working role its rights. Run by the owner, whose own rights are never touched."""
    if role == connection.settings_dict["USER"]:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in grants.statements(role):
            cursor.execute(statement)


def refuse_owner() -> None:
    """The web server of a real site does not start as a role that could switch off its own restrictions.

    If the database does not answer, it may come back, because another process of the site may be starting it.
    """
    if settings.ONE_DATABASE_ROLE_WILL_DO:
        return
    try:
        owns = grants.owns_tables()
    except OperationalError as error:
        logger.warning("The database is not answering yet: %s", error)
        return
    finally:
        connection.close()
    if owns:
        raise ImproperlyConfigured(TWO_ROLES)
