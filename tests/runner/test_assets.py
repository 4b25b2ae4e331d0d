"""Static files are gathered when they changed, and only then."""

from pathlib import Path

import pytest

from tools.runner import assets


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    monkeypatch.setattr(assets, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(assets, "_GATHERED", tmp_path / "staticfiles.json")
    for folder in ("static", "requirements"):
        (tmp_path / folder).mkdir()
    (tmp_path / "requirements" / "runtime.txt").write_text("one==1")
    (tmp_path / "static" / "app.css").write_text("p {}")
    (tmp_path / "staticfiles.json").write_text("{}")
    assets.remember()
    return tmp_path


def test_nothing_changed(tree: Path) -> None:
    assert assets.are_gathered()


@pytest.mark.parametrize("name", ["static/app.css", "static/new.js", "requirements/runtime.txt"])
def test_a_changed_or_new_file_or_another_lock(tree: Path, name: str) -> None:
    (tree / name).write_text("changed")
    assert not assets.are_gathered()


def test_what_was_gathered_is_gone(tree: Path) -> None:
    (tree / "staticfiles.json").unlink()
    assert not assets.are_gathered()
