"""Known faults of the packages: one found stops `make check`, no one to ask is said loudly."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tools.runner import advisories
from tools.runner.console import ROOT


class Source(BaseHTTPRequestHandler):
    """Answers as the collection of advisories does, and knows of nothing."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = json.dumps({"results": [{} for _ in asked["queries"]]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def source() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Source)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """A lock of nothing, so that no package index is asked."""
    made = tmp_path / "lock.txt"
    made.write_text("")
    return made


def test_every_pin_of_the_lock_is_asked_about() -> None:
    text = (ROOT / "requirements" / "dev.txt").read_text()
    pins = advisories.PIN.findall(text)
    assert len(pins) == sum(line[:1].isalnum() for line in text.splitlines())
    assert any(pin.startswith("django==") for pin in pins)
    assert not any("\\" in pin for pin in pins)


def test_nothing_known_is_nothing_said(lock: Path, source: str) -> None:
    assert advisories.python_faults(lock, source) == ""


def test_no_answer_is_no_clean_bill() -> None:
    done = subprocess.CompletedProcess([], 1, stdout="", stderr="error: x\n  cause: no way out\n")
    with pytest.raises(advisories.NoAnswer, match="cause: no way out"):
        advisories.faults_in(done)


def test_a_fault_stops_the_check_and_silence_is_said_loudly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def silent() -> str:
        raise advisories.NoAnswer("no way out")

    monkeypatch.setattr(advisories, "npm_faults", silent)
    monkeypatch.setattr(advisories, "python_faults", lambda: "")
    assert advisories.main() == 0
    assert "KNOWN VULNERABILITIES IN NPM PACKAGES WERE NOT CHECKED" in capsys.readouterr().err
    monkeypatch.setattr(advisories, "python_faults", lambda: "TEST-1: it breaks")
    assert advisories.main() == 1
    assert "TEST-1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"vulnerabilities": {}}, ""),
        ({"vulnerabilities": {"sass": {"severity": "high"}}}, "sass"),  # as npm lists them
        ({"vulnerabilities": [{"id": "TEST-1"}]}, "TEST-1"),  # as uv does
    ],
)
def test_what_the_tools_say_is_passed_on(
    monkeypatch: pytest.MonkeyPatch, said: dict[str, Any], expected: str
) -> None:
    done: Any = subprocess.CompletedProcess([], 0, stdout=json.dumps(said), stderr="")
    monkeypatch.setattr(advisories, "run", lambda *args: done)
    assert expected in advisories.npm_faults()
    assert expected in advisories.python_faults()
    done.stdout = json.dumps({"message": "405 Method Not Allowed - POST somewhere"})
    with pytest.raises(advisories.NoAnswer, match=r"405 Method Not Allowed$"):
        advisories.npm_faults()
