"""The first step: nothing to do when the lock is installed, one sentence when it cannot be."""

import sys
from pathlib import Path

import pytest

from tools.runner import install


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(install, "VENV", tmp_path)
    monkeypatch.setattr(install, "PYTHON", Path(sys.executable))
    return tmp_path


def test_a_stamp_with_the_lock_s_hash_means_nothing_to_do(
    venv: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (venv / "installed-runtime").write_text(install._digest("runtime"))
    assert install.main("runtime") == 0
    assert capsys.readouterr().out == ""


def test_another_lock_is_installed_and_stamped_for_both_kinds(
    venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (venv / "installed-dev").write_text("another lock")
    commands: list[list[str]] = []

    def succeed(command: list[str]) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(install, "_run", succeed)
    assert install.main("dev") == 0
    assert "--require-hashes" in commands[0]
    assert commands[0][-1].endswith("requirements/dev.txt")
    assert (venv / "installed-runtime").read_text() == install._digest("runtime")


def test_a_failed_install_leaves_no_stamp(
    venv: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install, "_run", lambda command: 1)
    assert install.main("runtime") == 1
    assert not (venv / "installed-runtime").exists()
    assert "check the network" in capsys.readouterr().err


def test_an_old_python_is_told_which_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install, "OLDEST", (99, 0))
    assert install.main("runtime") == 1
    assert capsys.readouterr().err.startswith("make: Python 99.0 or newer is needed")


def test_the_lock_for_tests_holds_the_lock_for_running() -> None:
    def pins(kind: str) -> set[str]:
        lines = install.LOCKS[kind].read_text().splitlines()
        return {line.rstrip(" \\") for line in lines if "==" in line and not line.startswith(" ")}

    assert pins("runtime") < pins("dev")


def test_locks_name_no_index() -> None:
    for lock in install.LOCKS.values():
        assert "://" not in lock.read_text()
