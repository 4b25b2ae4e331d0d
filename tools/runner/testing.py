"""`python -m tools.runner.testing pytest ...`: any command, with a database lent to it.

The database is an embedded PostgreSQL that is not durable (no fsync) and therefore quick.
A command finds it empty. For pytest a template with all migrations applied is made as well,
once for each state of the migrations, and every test process copies it. With DATABASE_URL set,
that server is used instead, and DATABASE_OWNER_URL names the role there that may create databases; neither role may be
a superuser.
"""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tools.runner import preflight
from tools.runner.commands import with_this_python
from tools.runner.console import VAR, Problem, complain
from tools.runner.postgres import APP_ROLE, Server
from tools.runner.processes import stop_all
from tools.runner.template import ensure_template

TEMPLATE_VARIABLE = "TEST_DATABASE_TEMPLATE"
UNSAFE_AND_QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "shared_buffers": "256MB",
}
_STOP_SECONDS = 10


def main(arguments: list[str]) -> int:
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        complain(Problem("say what to run: `python -m tools.runner.testing pytest tests`"))
        return 2
    try:
        with _database() as variables:
            environ = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"} | variables
            if command[0] == "pytest":
                environ[TEMPLATE_VARIABLE] = ensure_template(environ)
            return _run(with_this_python(tuple(command)), environ)
    except Problem as problem:
        complain(problem)
        return 1


def _run(command: list[str], environ: dict[str, str]) -> int:
    """In the foreground: Ctrl-C goes to the command, and we wait for it to tidy up."""
    process = subprocess.Popen(command, env=environ)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    code = process.wait()
    return 128 - code if code < 0 else code


@contextmanager
def _database() -> Iterator[dict[str, str]]:
    """The variables of a server for the command."""
    given = os.environ.get("DATABASE_URL")
    if given:
        preflight.check_roles_for_tests(os.environ)
        yield {}
        return
    with _own_folder() as folder:
        server = Server(folder, settings=UNSAFE_AND_QUICK)
        try:
            server.start()
            server.ensure_roles(may_create_databases=True)
            server.ensure_database(APP_ROLE, afresh=True)
            yield server.variables(APP_ROLE)
        finally:
            stop_all([server.child] if server.child else [], seconds=_STOP_SECONDS)


@contextmanager
def _own_folder() -> Iterator[Path]:
    """The first folder under var/ that no other test run is using at this moment."""
    VAR.mkdir(exist_ok=True)
    for number in count(1):
        name = VAR / f"postgres-test-{number}"
        with name.with_suffix(".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield name
            return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
