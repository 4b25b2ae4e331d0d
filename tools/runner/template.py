"""A database with every migration applied, copied by each test process."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping

import psycopg
from psycopg import sql

from tools.runner.console import ROOT, Problem

_PREFIX = "migrated_"
GRANTS = "tenancy/grants.py"


def fingerprint() -> str:
    """Changes with any migration, with the rights given after them, and with any package that could bring one."""
    digest = hashlib.sha256()
    sources = sorted(ROOT.glob("*/migrations/*.py"))
    for path in [*sources, ROOT / GRANTS, ROOT / "requirements" / "runtime.txt"]:
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def ensure_template(environ: Mapping[str, str]) -> str:
    """The template's name; both roles come from the variables.

    Made under another name first: half a template must not be copied.
    """
    name = _PREFIX + fingerprint()
    url, owner = environ["DATABASE_URL"], environ["DATABASE_OWNER_URL"]
    with psycopg.connect(owner, autocommit=True) as connection:
        known = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_PREFIX]
        )
        names = {row[0] for row in known}
        if name in names:
            return name
        building = f"building_{os.getpid()}"
        _drop(connection, building)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(building)))
        _migrate(
            {**environ, "DATABASE_URL": for_database(url, building)}
        )  # the owner only signs in
        for old in names:
            _drop(connection, old)
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(building), sql.Identifier(name)
            )
        )
    return name


def _migrate(environ: Mapping[str, str]) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    if subprocess.run(command, cwd=ROOT, env=dict(environ), check=False).returncode:
        raise Problem("the migrations could not be applied to an empty database: see above")


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(sql.Identifier(name)))


def for_database(url: str, name: str) -> str:
    """The same server and role, another database."""
    head, mark, query = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}{mark}{query}"
