"""``manage.py load_demo``: five partnerships to look at, and the table of their sign-ins."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tools.demo.reader import SLUGS
from tools.demo.sign_ins import demo_password, encoded_password, is_loaded, keep_password, table


class Command(BaseCommand):
    help = "Load the demonstration partnerships. Any that are already there are left as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--partnership", metavar="SLUG", choices=SLUGS, help="load only this partnership"
        )
        parser.add_argument(
            "--today", metavar="2026-11-22", help="load as if today were this date (for tests)"
        )
        parser.add_argument("--sign-ins", action="store_true", help="only print the sign-ins")

    def handle(self, *args: Any, **options: Any) -> None:
        password = demo_password()
        if not options["sign_ins"]:
            self.load(options["partnership"], self.day(options["today"]), password)
        keep_password(password)
        for line in table(password):
            self.stdout.write(line)

    def load(self, slug: str | None, today: date, password: str) -> None:
        missing = [each for each in ([slug] if slug else SLUGS) if not is_loaded(each)]
        if not missing:
            return
        from tools.demo.load import load  # needs the PDF press, which takes seconds to import

        encoded = encoded_password(password)
        for each in missing:
            partnership = load(each, today, encoded)
            self.stdout.write(f"Loaded {partnership.name}.")

    def day(self, text: str | None) -> date:
        if text is None:
            return timezone.localdate()
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise CommandError("Enter the date like this: 2026-11-22.") from error
