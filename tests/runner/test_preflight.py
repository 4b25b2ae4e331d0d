"""Every fault before the start is one sentence that names the command that helps."""

import importlib
import os
import socket
from collections.abc import Iterator

import pytest

from tools.runner import preflight
from tools.runner.console import Problem


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind((preflight.LOOPBACK, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_the_port_is_8000_unless_port_says_otherwise() -> None:
    assert preflight.port_from({}) == 8000
    assert preflight.port_from({"PORT": ""}) == 8000
    assert preflight.port_from({"PORT": "8123"}) == 8123


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "8000 "])
def test_what_is_no_port_is_said(text: str) -> None:
    with pytest.raises(Problem, match="is not a port number: try `make run PORT=8000`"):
        preflight.port_from({"PORT": text})


def test_a_port_in_use_names_the_next(taken_port: int) -> None:
    with pytest.raises(Problem, match=rf"port {taken_port} is in use: try `make run PORT=\d+`"):
        preflight.check_port(taken_port)


def test_a_free_port_passes() -> None:
    with socket.socket() as probe:
        probe.bind((preflight.LOOPBACK, 0))
        port = probe.getsockname()[1]
    preflight.check_port(port)
    assert not preflight.answers(port)


def test_a_database_that_does_not_answer_is_said(taken_port: int) -> None:
    url = f"postgresql://someone@{preflight.LOOPBACK}:1/none"
    with pytest.raises(Problem, match=r"does not answer .*`unset DATABASE_URL`"):
        preflight.check_database(url)


def test_a_redis_that_does_not_answer_is_said() -> None:
    with pytest.raises(Problem, match=r"does not answer .*`unset REDIS_URL`"):
        preflight.check_redis(f"redis://{preflight.LOOPBACK}:1/0")


def test_a_redis_address_that_is_none_is_said() -> None:
    with pytest.raises(Problem, match="REDIS_URL"):
        preflight.check_redis("not-an-address")


@pytest.mark.broker
def test_a_redis_that_answers_passes(redis_url: str) -> None:
    preflight.check_redis(redis_url)


def test_children_get_local_settings_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    assert preflight.environment()["DJANGO_SETTINGS_MODULE"] == "config.settings.local"
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.production")
    assert preflight.environment()["DJANGO_SETTINGS_MODULE"] == "config.settings.production"


def test_the_lent_database_passes() -> None:
    preflight.check_roles_for_tests(os.environ)


def test_one_role_for_everything_is_said_to_be_too_few(capsys: pytest.CaptureFixture[str]) -> None:
    preflight.check_roles({"DATABASE_URL": os.environ["DATABASE_URL"]})
    assert "Let another role own them" in capsys.readouterr().out
    preflight.check_roles(os.environ)
    assert capsys.readouterr().out == ""


def test_tests_are_refused_one_role_for_everything() -> None:
    with pytest.raises(Problem, match="DATABASE_OWNER_URL is not: name a second role"):
        preflight.check_roles_for_tests({"DATABASE_URL": os.environ["DATABASE_URL"]})


def test_an_owner_that_does_not_answer_is_named() -> None:
    owner = f"postgresql://someone@{preflight.LOOPBACK}:1/none"
    with pytest.raises(Problem, match="DATABASE_OWNER_URL is set but does not answer"):
        preflight.check_roles({**os.environ, "DATABASE_OWNER_URL": owner})


def _no_library(name: str) -> None:
    raise OSError(f"cannot load library for {name}")


def test_a_missing_pango_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib, "import_module", _no_library)
    with pytest.raises(Problem, match=r"apt-get install libpango-1\.0-0"):
        preflight.check_pdf_library()


def test_the_pdf_library_is_there() -> None:
    preflight.check_pdf_library()
