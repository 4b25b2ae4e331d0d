"""Known vulnerabilities in the pinned packages: `make check` fails on one, and says loudly if it could not check.

uv looks up Python packages in the public advisory database; npm asks its registry. A workplace that cannot reach
them still checks everything else.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from govuk.node import NodeMissing, find_node
from tools.runner.console import ROOT

PIN = re.compile(r"^([\w.-]+(?:\[[\w,-]+\])?==[^ ;\\]+(?: ; [^\\]+)?)", re.MULTILINE)
SECONDS = 120
PROJECT = """\
[project]
name = "pins"
version = "0"
requires-python = ">=3.11"
dependencies = {pins}
"""


class NoAnswer(Exception):
    """The advisory source could not be reached; the message says why."""


def main() -> int:
    """0 if nothing is known or no source answered, 1 if something is known."""
    result = 0
    for name, ask in (("Python", python_faults), ("npm", npm_faults)):
        try:
            found = ask()
        except NoAnswer as reason:
            print(
                f"KNOWN VULNERABILITIES IN {name.upper()} PACKAGES WERE NOT CHECKED: no advisory source answered "
                f"({reason}). Run `make check` where one does.",
                file=sys.stderr,
            )
            continue
        if found:
            print(found, file=sys.stderr)
            result = 1
        else:
            print(f"No known vulnerabilities in the pinned {name} packages.")
    return result


def python_faults(lock: Path = ROOT / "requirements" / "dev.txt", service: str = "") -> str:
    """What uv reports of the pinned packages; empty when it knows of nothing."""
    pins = [pin.strip() for pin in PIN.findall(lock.read_text())]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pyproject.toml").write_text(PROJECT.format(pins=json.dumps(pins)))
        command = [str(Path(sys.executable).with_name("uv")), "audit", "--output-format", "json"]
        done = run([*command, *(["--service-url", service] if service else [])], Path(folder))
    return faults_in(done)


def npm_faults() -> str:
    """What npm reports of the packages in its lock; empty when it knows of nothing."""
    try:
        node = find_node()
    except NodeMissing as missing:
        raise NoAnswer(str(missing)) from None
    command = [*node.npm, "audit", "--json", "--package-lock-only"]
    return faults_in(run(command, ROOT, node.environment()))


def faults_in(done: subprocess.CompletedProcess[str]) -> str:
    """The faults that either tool lists. Exit codes do not distinguish a fault from a failed query."""
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise NoAnswer(last_line(done.stderr)) from None
    if "vulnerabilities" not in answer:
        raise NoAnswer(str(answer.get("message", "")).split(" - ")[0] or last_line(done.stderr))
    return json.dumps(answer["vulnerabilities"], indent=2) if answer["vulnerabilities"] else ""


def run(
    command: list[str], folder: Path, environ: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs a tool until it ends or we stop waiting."""
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env=environ or dict(os.environ),
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoAnswer(str(error)) from None


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no message was given"


if __name__ == "__main__":
    sys.exit(main())
