"""Django's own command, run by the role that owns the tables; the working role gets its rights afterwards."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import connection

from config.database_roles import TWO_ROLES, give_rights, working_as

# From before the migrations were started afresh (ADR 0022 and 0023); no database made with them was ever in use.
GIVEN_UP = "courses_pricelist"
TOO_OLD = (
    "This database was made before 28 November 2026, and its tables cannot be brought up to date. "
    "Delete it, with `make clean` if it is the one that comes with `make run`, and start again."
)


def refuse_older_histories() -> None:
    """Say so before anything fails because a table is missing."""
    if GIVEN_UP in connection.introspection.table_names():
        raise CommandError(TOO_OLD)


class Command(migrate.Command):
    """DATABASE_OWNER_URL names the owner. Without it, DATABASE_URL's role does everything, where that is allowed."""

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_older_histories()
        owner = settings.DATABASE_OWNER
        if owner is None:
            if not settings.ONE_DATABASE_ROLE_WILL_DO:
                raise CommandError(f"DATABASE_OWNER_URL is not set. {TWO_ROLES}")
            super().handle(*args, **options)
            return
        works = settings.DATABASES["default"]["USER"]
        with working_as(owner):
            super().handle(*args, **options)
            if not options["plan"]:
                give_rights(works)
