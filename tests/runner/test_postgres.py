"""The built-in database: one role that policies hold, data that stays, faults in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from config.runner import preflight
from config.runner.console import Problem
from config.runner.postgres import APP_ROLE, Server
from config.runner.processes import stop_all
from config.runner.testing import UNSAFE_AND_QUICK

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
        server.ensure_role()
        server.ensure_database(NAME)
        yield server
    finally:
        stop_all([server.child] if server.child else [], seconds=10)


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    """A new server on the folder that the tests of this file share."""
    with running(folder) as server:
        yield server


def test_the_app_role_is_held_by_policies_and_owns_its_database(server: Server) -> None:
    preflight.check_database(server.url(NAME))
    with psycopg.connect(server.url(NAME), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION btree_gist")  # trusted: owners may
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE ROLE intruder SUPERUSER")


def test_the_data_stays_and_a_second_start_changes_nothing(folder: Path) -> None:
    with running(folder) as server, psycopg.connect(server.url(NAME)) as connection:
        connection.execute("CREATE TABLE stays (word text)")
        connection.execute("INSERT INTO stays VALUES ('here')")
    with running(folder) as server, psycopg.connect(server.url(NAME)) as connection:
        assert connection.execute("SELECT word FROM stays").fetchall() == [("here",)]


def test_superusers_are_refused(server: Server) -> None:
    with pytest.raises(Problem, match="skips row-level security"):
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
