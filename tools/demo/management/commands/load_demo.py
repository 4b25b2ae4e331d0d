"""``manage.py load_demo``: five partnerships to look at, and the table of their sign-ins."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from typing import Any

import django
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tools.demo.people import share_accounts
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
        parser.add_argument(
            "--at-once",
            metavar="N",
            type=int,
            default=1,
            help="load so many partnerships at a time",
        )
        parser.add_argument("--sign-ins", action="store_true", help="only print the sign-ins")

    def handle(self, *args: Any, **options: Any) -> None:
        password = demo_password()
        if not options["sign_ins"]:
            slugs = [options["partnership"]] if options["partnership"] else SLUGS
            missing = [slug for slug in slugs if not is_loaded(slug)]
            today = self.day(options["today"])
            for name in load_each(missing, today, password, at_once=options["at_once"]):
                self.stdout.write(f"Loaded {name}.")
        keep_password(password)
        for line in table(password):
            self.stdout.write(line)

    def day(self, text: str | None) -> date:
        if text is None:
            return timezone.localdate()
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise CommandError("Enter the date like this: 2026-11-22.") from error


def load_each(slugs: list[str], today: date, password: str, *, at_once: int) -> Iterator[str]:
    """Loads the partnerships, in processes of their own where several are loaded at once; gives their names."""
    if not slugs:
        return
    encoded = encoded_password(password)
    load_it = partial(load_one, today=today, encoded=encoded)
    if at_once <= 1:
        yield from map(load_it, slugs)
        return
    share_accounts(slugs, encoded)
    afresh = get_context("spawn")  # a process that is copied shares its parent's connection
    with ProcessPoolExecutor(at_once, mp_context=afresh, initializer=django.setup) as processes:
        yield from processes.map(load_it, slugs)


def load_one(slug: str, *, today: date, encoded: str) -> str:
    from tools.demo.load import load  # needs the PDF press, which takes seconds to import

    return load(slug, today, encoded).name
