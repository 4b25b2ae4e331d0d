"""Where the benchmark happens: a database of its own, a web server, a worker."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from psycopg import sql

from tools.bench.memory import children_of
from tools.runner import preflight
from tools.runner.commands import Command, with_this_python
from tools.runner.console import VAR, Problem
from tools.runner.postgres import APP_ROLE, Server
from tools.runner.processes import Child, stop_all
from tools.runner.template import for_database

DATABASE = f"{APP_ROLE}_bench"
START_SECONDS, STOP_SECONDS = 60, 10
# The number of rows is -1 until a table has been analysed.
NOT_ANALYSED = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples < 0
"""


@contextmanager
def database() -> Iterator[tuple[dict[str, str], int | None]]:
    """An empty database, dropped afterwards: on DATABASE_URL's server, or on our own, whose process is given too.

    Yields the variables that name it. Ours is fully durable (every commit reaches the disk), because a booking that
    could be lost would cost less.
    """
    if os.environ.get("DATABASE_URL"):
        preflight.check_roles_for_tests(os.environ)
        afresh(os.environ["DATABASE_OWNER_URL"])
        yield {name: for_database(os.environ[name], DATABASE) for name in preflight.ORDINARY}, None
        afresh(os.environ["DATABASE_OWNER_URL"], make=False)
        return
    VAR.mkdir(exist_ok=True)
    server = Server(VAR / "postgres-bench")
    try:
        child = server.start()
        server.ensure_roles()
        server.ensure_database(DATABASE, afresh=True)
        yield server.variables(DATABASE), child.pid
    finally:
        stop_all([server.child] if server.child else [], seconds=STOP_SECONDS)


def analyse() -> None:
    """Statistics for the planner, as autovacuum gathers them on a real site.

    Signed in as the owner, because PostgreSQL skips tables for other roles, with only a warning.
    """
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        connection.execute("ANALYZE")
        if connection.execute(NOT_ANALYSED).fetchone():
            raise Problem(
                "the tables could not be analysed, so PostgreSQL would plan as if they were empty"
            )


def afresh(url: str, *, make: bool = True) -> None:
    """Drop our database on a server and, unless told otherwise, make it again."""
    name = sql.Identifier(DATABASE)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(name))
        if make:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(name))


@contextmanager
def running(name: str, command: Command, environ: Mapping[str, str]) -> Iterator[Child]:
    """A process of the product, while the block lasts."""
    child = Child(name, with_this_python(command), env=environ)
    try:
        yield child
    finally:
        stop_all([child], seconds=STOP_SECONDS)


def free_port() -> int:
    """A port that no one uses at this moment."""
    with socket.socket() as probe:
        probe.bind((preflight.LOOPBACK, 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(child: Child, port: int) -> None:
    """Wait for the web server's first good answer."""
    deadline = time.monotonic() + START_SECONDS
    while not preflight.answers(port):
        if child.exit_code is not None or time.monotonic() > deadline:
            raise Problem(f"the {child.name} did not start: see the lines above")
        time.sleep(0.1)


def wait_for_children(child: Child, number: int) -> list[int]:
    """Wait until a process has started so many others."""
    deadline = time.monotonic() + START_SECONDS
    while len(found := children_of(child.pid)) < number and time.monotonic() < deadline:
        time.sleep(0.2)
    return found
