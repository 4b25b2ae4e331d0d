"""The site's processes, with small stand-ins: all start, one falls, all are stopped."""

import os
import signal
import socket
import threading
from collections.abc import Iterator

import pytest

from config.runner import commands, preflight
from config.runner.console import Problem
from config.runner.site import Site

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


def test_ctrl_c_stops_everything(site: Site, port: int) -> None:
    assert site.open(port)
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    assert site.watch() == 0
    site.close()
    assert not preflight.answers(port)


def test_a_process_that_falls_is_named_and_its_exit_code_is_ours(
    site: Site, port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "WORKER", ("sh", "-c", "sleep 1; exit 7"))
    assert site.open(port)
    assert site.watch() == 7
    assert "The worker ended by itself with exit code 7" in capsys.readouterr().out


def test_even_a_clean_end_is_no_success(
    site: Site, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "BEAT", ("sh", "-c", "sleep 1"))
    assert site.open(port)
    assert site.watch() == 1


def test_a_web_server_that_cannot_start_is_said(
    site: Site, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "web", lambda bind: ("sh", "-c", "exit 4"))
    with pytest.raises(Problem, match="the web server ended while starting"):
        site.open(port)
