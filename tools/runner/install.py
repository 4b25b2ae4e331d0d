"""Step one of every target: the virtual environment, filled from the pinned lock.

Run by file name on the system's own Python, before any package exists: standard library only.
A stamp with the lock's hash makes a second run take no time.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
# The lock for tests holds everything the lock for running holds, at the same versions.
LOCKS = {
    "runtime": ROOT / "requirements" / "runtime.txt",
    "dev": ROOT / "requirements" / "dev.txt",
}


def main(kind: str) -> int:
    """Exit code 0 when `.venv` holds the packages of that kind."""
    if sys.version_info < OLDEST:
        return _fail(
            f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed: run `make PYTHON=python3.13`"
        )
    if _usable() and _stamp(kind).exists() and _stamp(kind).read_text() == _digest(kind):
        return 0
    print("1/6 Python packages (half a minute the first time) ...", flush=True)
    if not _usable():
        if importlib.util.find_spec("ensurepip") is None:
            return _fail("this Python has no venv: install it with `apt-get install python3-venv`")
        if _run([sys.executable, "-m", "venv", "--clear", str(VENV)]):
            return _fail(f"{VENV} could not be made: look at the lines above")
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--no-deps", "--no-compile", "-r", str(LOCKS[kind])]
    if _run(command):
        return _fail("the Python packages could not be installed: check the network and try again")
    for held in ("runtime", kind):
        _stamp(held).write_text(_digest(held))
    return 0


def _usable() -> bool:
    """If its interpreter was upgraded away, the folder only looks usable."""
    if not PYTHON.exists():
        return False
    probe = [str(PYTHON), "-c", f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def _stamp(kind: str) -> Path:
    return VENV / f"installed-{kind}"


def _digest(kind: str) -> str:
    return hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()


def _run(command: list[str]) -> int:
    """Quiet while it works; shows everything it said if it fails."""
    environment = os.environ | {"PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-4000:], sep="\n", file=sys.stderr)
    return done.returncode


def _fail(sentence: str) -> int:
    print(f"make: {sentence}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "runtime"))
    except KeyboardInterrupt:
        sys.exit(130)
