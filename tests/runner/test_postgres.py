"""The built-in database: one role that policies hold, data that stays, faults in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tools.runner import preflight
from tools.runner.console import Problem
from tools.runner.postgres import APP_ROLE, OWNER_ROLE, Server
from tools.runner.processes import stop_all
from tools.runner.testing import UNSAFE_AND_QUICK

NAME = "partnership_training"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("built-in") / "postgres"


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Started as `make run` starts it each morning."""
    server = Server(folder, settings=UNSAFE_AND_QUICK)
    try:
        server.start()
        server.ensure_roles()
        server.ensure_database(NAME)
        yield server
    finally:
        stop_all([server.child] if server.child else [], seconds=10)


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    """A new server on the folder that the tests of this file share."""
    with running(folder) as server:
        yield server


def owner_of(server: Server) -> psycopg.Connection:
    return psycopg.connect(server.url(NAME, role=OWNER_ROLE), autocommit=True)


def test_the_owner_is_held_by_policies_and_owns_its_database(server: Server) -> None:
    preflight.check_roles(server.variables(NAME))
    with owner_of(server) as connection:
        connection.execute("CREATE EXTENSION btree_gist")  # trusted: owners may
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE ROLE intruder SUPERUSER")


def test_the_app_role_makes_nothing_in_it(server: Server) -> None:
    with psycopg.connect(server.url(NAME), autocommit=True) as connection:
        for statement in ("CREATE TABLE own (id int)", "CREATE SCHEMA own", "CREATE DATABASE own"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_what_the_app_role_owned_in_earlier_days_goes_to_the_owner(server: Server) -> None:
    """A site that was set up when one role did everything keeps its data."""
    with server.admin() as admin:
        admin.execute(f"ALTER DATABASE {NAME} OWNER TO {APP_ROLE}")
    with psycopg.connect(server.url(NAME), autocommit=True) as connection:
        connection.execute("CREATE TABLE old (word text)")
    server.ensure_database(NAME)
    with owner_of(server) as connection:
        row = connection.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'old'")
        assert row.fetchone() == (OWNER_ROLE,)
    with server.admin() as admin:
        row = admin.execute("SELECT datdba::regrole FROM pg_database WHERE datname = %s", [NAME])
        assert row.fetchone() == (OWNER_ROLE,)


def test_the_data_stays_and_a_second_start_changes_nothing(folder: Path) -> None:
    with running(folder) as server, owner_of(server) as connection:
        connection.execute("CREATE TABLE stays (word text)")
        connection.execute("INSERT INTO stays VALUES ('here')")
    with running(folder) as server, owner_of(server) as connection:
        assert connection.execute("SELECT word FROM stays").fetchall() == [("here",)]


def test_superusers_are_refused(server: Server) -> None:
    with pytest.raises(Problem, match="bypasses row-level security"):
        preflight.check_database(server.url("postgres", role="postgres"))


def test_tests_are_refused_a_role_that_makes_no_databases(server: Server) -> None:
    with pytest.raises(Problem, match=f"`ALTER ROLE {APP_ROLE} CREATEDB`"):
        preflight.check_database(server.url(NAME), creates_databases=True)


def test_it_listens_on_no_port(server: Server) -> None:
    with server.admin() as connection:
        row = connection.execute("SHOW listen_addresses").fetchone()
    assert row == ("",)


def test_a_second_server_on_the_same_folder_names_the_first(server: Server, folder: Path) -> None:
    assert server.child is not None
    with pytest.raises(Problem, match=rf"`kill -INT {server.child.pid}`"):
        Server(folder, settings=UNSAFE_AND_QUICK).start()


def test_an_older_server_s_data_is_left_alone(tmp_path: Path) -> None:
    data = tmp_path / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("12\n")
    with pytest.raises(Problem, match=r"was made by PostgreSQL 12 .*`mv "):
        Server(data.parent).start()
