"""The site's processes, with small stand-ins: all start, one falls, all are stopped."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from tools.runner import commands, keeper, preflight
from tools.runner.console import Problem
from tools.runner.site import Site

SLEEPS = ("sleep", "60")
SERVER = """
import http.server, sys
class Well(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *arguments): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Well).serve_forever()
"""


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind((preflight.LOOPBACK, 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def site(port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    monkeypatch.setattr(commands, "web", lambda bind: ("python", "-c", SERVER, str(port)))
    monkeypatch.setattr(commands, "WORKER", SLEEPS)
    monkeypatch.setattr(commands, "BEAT", SLEEPS)
    site = Site(dict(os.environ))
    yield site
    site.close()
    for number, handler in before.items():
        signal.signal(number, handler)


@contextmanager
def watched(site: Site) -> Iterator[None]:
    """The block runs while the runner looks after its processes; then Ctrl-C."""
    watch = threading.Thread(target=site.watch)
    watch.start()
    try:
        yield
    finally:
        os.kill(os.getpid(), signal.SIGINT)
        watch.join(10)


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            if true():
                return
        except (psycopg.OperationalError, redis.RedisError, OSError):
            pass  # not there yet
        time.sleep(0.05)
    raise AssertionError("It did not come about in time.")


def word_in(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT word FROM kept").fetchone()
    return row[0] if row else ""


def test_ctrl_c_stops_everything(site: Site, port: int) -> None:
    assert site.open(port)
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    assert site.watch() == 0
    site.close()
    assert not preflight.answers(port)


@pytest.mark.parametrize("name", ["web server", "worker", "beat"])
def test_each_process_that_is_killed_is_started_again(
    site: Site, port: int, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert site.open(port)
    before = site.processes()
    os.kill(before[name], signal.SIGKILL)
    with watched(site):
        wait_until(lambda: site.processes()[name] != before[name])
        wait_until(lambda: preflight.answers(port))
    assert {other for other, pid in site.processes().items() if before[other] != pid} == {name}
    assert f"The {name} ended by itself with exit code 137; starting it" in capsys.readouterr().out


def test_a_process_that_keeps_falling_is_named_and_its_exit_code_is_ours(
    site: Site, port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "WORKER", ("sh", "-c", "sleep 0.1; exit 7"))
    monkeypatch.setattr(keeper, "PAUSES", (0.01, 0.02))
    assert site.open(port)
    assert site.watch() == 7
    said = capsys.readouterr().out
    assert "The worker ended by itself with exit code 7, 3 times in a row; stopping all" in said


def test_even_a_clean_end_is_no_success(
    site: Site, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "BEAT", ("sh", "-c", "sleep 0.1"))
    monkeypatch.setattr(keeper, "PAUSES", (0.01, 0.02))
    assert site.open(port)
    assert site.watch() == 1


@pytest.mark.slow
def test_the_database_and_the_queue_are_started_again_with_what_they_held(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.runner.site.VAR", tmp_path)
    url, queue = site.start_database()["DATABASE_OWNER_URL"], site.start_queue()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('here')")
    with watched(site):
        for name in ("database", "queue"):
            before = site.processes()[name]
            os.kill(before, signal.SIGKILL)
            wait_until(lambda name=name, before=before: site.processes()[name] != before)
        wait_until(lambda: word_in(url) == "here")
        wait_until(lambda: bool(redis.Redis.from_url(queue).ping()))


def test_a_web_server_that_cannot_start_is_said(
    site: Site, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "web", lambda bind: ("sh", "-c", "exit 4"))
    with pytest.raises(Problem, match="the web server ended while starting"):
        site.open(port)
