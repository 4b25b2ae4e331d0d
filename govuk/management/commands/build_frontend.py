"""`manage.py build_frontend`: the same build as `python -m govuk.frontend`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from govuk.frontend import BuildFailed, build
from govuk.node import NodeMissing


class Command(BaseCommand):
    """Installs the front-end packages and compiles the stylesheets."""

    help = "Installs the front-end packages and compiles the stylesheets into static/build/."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--force` builds even when nothing has changed."""
        parser.add_argument(
            "--force", action="store_true", help="build even when nothing has changed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, or end with one sentence saying why not."""
        try:
            built = build(force=options["force"])
        except (BuildFailed, NodeMissing) as error:
            raise CommandError(f"The front end could not be built. {error}") from error
        self.stdout.write("Front end built." if built else "Front end is up to date.")
