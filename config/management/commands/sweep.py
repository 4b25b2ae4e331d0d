"""``manage.py sweep``: run every due sweep as of an instant and print what it did."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.sweeps import run_sweeps
from partnerships.models import Partnership


class Command(BaseCommand):
    help = "Run every sweep that is due now, or at another time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--partnership", metavar="SLUG", help="run sweeps for this partnership only"
        )
        parser.add_argument(
            "--at",
            metavar="2027-03-01T09:00",
            help="run as if it were this local time (not in production)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        partnership = self.partnership(options["partnership"])
        now = self.instant(options["at"])
        self.stdout.write(f"As of {timezone.localtime(now):%A %-d %B %Y %H:%M}")
        for where, sweep, done in run_sweeps(now, partnership):
            if done:
                self.stdout.write(f"{where}: {sweep.name}: {done}")
        self.stdout.write("Done.")

    def partnership(self, slug: str | None) -> Partnership | None:
        if slug is None:
            return None
        found = Partnership.objects.filter(slug=slug).first()
        if found is None:
            known = ", ".join(Partnership.objects.values_list("slug", flat=True))
            raise CommandError(f"There is no partnership “{slug}”. Choose one of: {known}.")
        return found

    def instant(self, text: str | None) -> datetime:
        if text is None:
            return timezone.now()
        if not settings.TIME_TRAVEL_ALLOWED:
            raise CommandError(
                "--at is for demonstrations and tests. You cannot use it in production."
            )
        try:
            instant = datetime.fromisoformat(text)
        except ValueError as error:
            raise CommandError("Enter the time like this: 2027-03-01T09:00.") from error
        return instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
