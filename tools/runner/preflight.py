"""What is checked before any work starts, so that a fault is one sentence and not a traceback."""

import errno
import importlib
import os
import socket
from collections.abc import Mapping

import psycopg
import redis

from tools.runner.console import Problem, say

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8000
_ANSWER_SECONDS = 5
ORDINARY = {"DATABASE_URL": "partnership_app", "DATABASE_OWNER_URL": "partnership_owner"}


def port_from(environ: Mapping[str, str]) -> int:
    """PORT, or 8000. Zero would let the system choose, and no one would know the address."""
    text = environ.get("PORT") or str(DEFAULT_PORT)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Problem(f"PORT={text} is not a port number: try `make run PORT={DEFAULT_PORT}`")
    return int(text)


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            reason = "in use" if error.errno == errno.EADDRINUSE else "not available to you"
            other = port + 1 if 1024 <= port < 65535 else DEFAULT_PORT + 1
            raise Problem(f"port {port} is {reason}: try `make run PORT={other}`") from None


def check_pdf_library() -> None:
    """WeasyPrint draws with Pango, a system library that no Python package brings."""
    try:
        importlib.import_module("weasyprint")
    except OSError:
        packages = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        raise Problem(
            "the PDF library WeasyPrint finds no Pango: install it with "
            f"`sudo apt-get install {packages}` (macOS: `brew install pango`)"
        ) from None


def check_database(
    url: str, *, creates_databases: bool = False, variable: str = "DATABASE_URL"
) -> None:
    """It must answer, and sign us in as a role to which row-level security applies."""
    try:
        with psycopg.connect(url, connect_timeout=_ANSWER_SECONDS) as connection:
            row = connection.execute(
                "SELECT rolname, rolsuper OR rolbypassrls, rolcreatedb FROM pg_roles"
                " WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise Problem(
            f"{variable} is set but does not answer ({reason}): start that server, or "
            f"`unset {variable}` to use the built-in one"
        ) from None
    if row and row[1]:
        raise Problem(
            f"{variable} signs in as {row[0]}, which bypasses row-level security: use an ordinary role "
            f"(`CREATE ROLE {ORDINARY[variable]} LOGIN PASSWORD '...'`)"
        )
    if row and creates_databases and not row[2]:
        raise Problem(
            f"{variable} signs in as {row[0]}, which cannot create the databases that tests "
            f"need: run `ALTER ROLE {row[0]} CREATEDB`"
        )


def check_roles(environ: Mapping[str, str]) -> None:
    """Your own server: with both roles, or with a warning about having only one."""
    check_database(environ["DATABASE_URL"])
    if owner := environ.get("DATABASE_OWNER_URL"):
        check_database(owner, variable="DATABASE_OWNER_URL")
        return
    say(
        "    DATABASE_URL's role will own the tables, so nothing in the database could stop it from switching policies "
        "off or rewriting history. Let another role own them, and name it as DATABASE_OWNER_URL: see "
        "docs/guide/hosting.md. Production refuses to start with one role."
    )


def check_roles_for_tests(environ: Mapping[str, str]) -> None:
    """Tests check what the working role cannot do, so there have to be two roles."""
    check_database(environ["DATABASE_URL"])
    if not environ.get("DATABASE_OWNER_URL"):
        raise Problem(
            "DATABASE_URL is set but DATABASE_OWNER_URL is not: name a second role there that can create databases "
            "(`CREATE ROLE partnership_owner LOGIN CREATEDB PASSWORD '...'`), or `unset DATABASE_URL`"
        )
    check_database(
        environ["DATABASE_OWNER_URL"], creates_databases=True, variable="DATABASE_OWNER_URL"
    )


def check_redis(url: str) -> None:
    try:
        redis.Redis.from_url(url, socket_connect_timeout=_ANSWER_SECONDS).ping()
    except (redis.RedisError, ValueError, OSError) as error:
        raise Problem(
            f"REDIS_URL is set but does not answer ({error}): start that server, or "
            "`unset REDIS_URL` to work without one"
        ) from None


def check_all(environ: Mapping[str, str]) -> int:
    """Everything, the quickest checks first. Returns the port to listen on."""
    port = port_from(environ)
    check_port(port)
    if environ.get("DATABASE_URL"):
        check_roles(environ)
    if url := environ.get("REDIS_URL"):
        check_redis(url)
    return port


def answers(port: int, *, host: str = LOOPBACK) -> bool:
    """Whether the site on this machine says it is healthy, asked under that host name."""
    request = f"GET /healthz HTTP/1.0\r\nHost: {host}\r\n\r\n".encode()
    try:
        with socket.create_connection((LOOPBACK, port), timeout=_ANSWER_SECONDS) as connection:
            connection.sendall(request)
            with connection.makefile("rb") as answer:
                return b" 200 " in answer.readline(64)
    except OSError:
        return False


def environment() -> dict[str, str]:
    """What every child is given: local settings unless told otherwise, unbuffered output."""
    base = {"DJANGO_SETTINGS_MODULE": "config.settings.local", "PYTHONUNBUFFERED": "1"}
    if os.geteuid() == 0:  # in a container we know that we are root
        base["PYTHONWARNINGS"] = "ignore:You're running the worker with superuser privileges"
    return base | dict(os.environ)
