"""Django's own command, run by the role that owns the tables; the working role gets its rights afterwards."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands import migrate

from config.database_roles import TWO_ROLES, give_rights, working_as


class Command(migrate.Command):
    """DATABASE_OWNER_URL says who owns; without it DATABASE_URL's role does everything, where that may be."""

    def handle(self, *args: Any, **options: Any) -> None:
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
