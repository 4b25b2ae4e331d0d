"""One running site: its own database, its own folder, the real web server, and its command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
from psycopg import sql

from tests.journeys import clock
from tests.journeys.mailbox import Mailbox
from tools.bench.place import free_port, running, wait_until_it_answers
from tools.runner import commands, preflight
from tools.runner.console import ROOT
from tools.runner.template import for_database

PASSWORD = "orchard-lamp-42-violet"


@dataclass
class Site:
    """Where it is, and what can be done to it from outside."""

    address: str
    folder: Path
    database: str
    commander: subprocess.Popen[str]
    loaded: set[str] = field(default_factory=set)

    @property
    def mails(self) -> Mailbox:
        return Mailbox(self.folder / "mail")

    def manage(self, *arguments: str) -> str:
        """Run a command of ``manage.py`` and give what it prints."""
        talk_to, hear_from = self.commander.stdin, self.commander.stdout
        assert talk_to
        assert hear_from
        talk_to.write(json.dumps(arguments) + "\n")
        talk_to.flush()
        answer: dict[str, str] = json.loads(hear_from.readline())
        assert "said" in answer, answer["failed"]
        return answer["said"]

    def load(self, slug: str) -> None:
        """The demonstration data of one partnership, once."""
        if slug not in self.loaded:
            self.manage("load_demo", "--partnership", slug)
            # A real server counts its rows by itself; without, it plans as if the tables were empty.
            with as_owner(self.database) as connection:
                connection.execute("ANALYZE")
            self.loaded.add(slug)

    def sweep(self, slug: str) -> str:
        """Everything that is due by the site's clock."""
        return self.manage("sweep", "--partnership", slug, "--at", self.now().isoformat())

    def now(self) -> datetime:
        return clock.real_now() + clock.ahead(self.folder / "clock")

    @property
    def is_at_present(self) -> bool:
        """Whether no one has put the clock forward."""
        return not (self.folder / "clock").exists()

    def put_clock_to(self, instant: datetime) -> None:
        clock.put_to(self.folder / "clock", instant)

    def come_back(self) -> None:
        """Let it be the present again."""
        (self.folder / "clock").unlink(missing_ok=True)

    def wait_days(self, days: int) -> None:
        """Let days go by."""
        self.put_clock_to(self.now() + timedelta(days=days))


@contextmanager
def running_site(server: str, template: str) -> Iterator[Site]:
    """A site on a copy of the migrated database, gone afterwards."""
    name = f"journeys_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with tempfile.TemporaryDirectory(prefix="journeys-") as folder, copied(template, name):
        port = free_port()
        address = f"http://{preflight.LOOPBACK}:{port}"
        environ = preflight.environment() | {
            "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
            "DATABASE_URL": for_database(server, name),
            "DEMO_PASSWORD": PASSWORD,
            "JOURNEYS_FOLDER": folder,
            "SITE_URL": address,
        }
        bind = f"{preflight.LOOPBACK}:{port}"
        with running("web server", commands.web(bind), environ) as child:
            wait_until_it_answers(child, port)
            with subprocess.Popen(
                [sys.executable, "-m", "tests.journeys.commander"],
                cwd=ROOT,
                env=environ,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            ) as commander:
                yield Site(address, Path(folder), name, commander)


def as_owner(name: str | None = None) -> psycopg.Connection:
    """A connection that may make databases, and tidy the one of this name."""
    url = os.environ["DATABASE_OWNER_URL"]
    return psycopg.connect(for_database(url, name) if name else url, autocommit=True)


@contextmanager
def copied(template: str, name: str) -> Iterator[None]:
    """A copy of the template for as long as the block lasts."""
    copy = sql.Identifier(name)
    with as_owner() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(copy))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(copy, sql.Identifier(template))
        )
    yield
    with as_owner() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(copy))
