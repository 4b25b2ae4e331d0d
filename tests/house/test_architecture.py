"""The walks of ``docs/architecture.md`` lead through files that are there, down and never back up."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest

from tests.layout import PACKAGES, ROOT

TEXT = (ROOT / "docs" / "architecture.md").read_text()
WALKS = {
    title: re.findall(r"^\d\. `([\w/]+\.py)`", body, re.MULTILINE)
    for title, body in re.findall(r"^### (.+?)\n(.*?)(?=^### |\Z)", TEXT, re.MULTILINE | re.DOTALL)
}
ROOMS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][1]


def height(path: str) -> tuple[int, int]:
    """How far down a file stands: its app, then its room there."""
    app, room, *_ = path.removesuffix(".py").split("/")
    level = next(n for n, each in enumerate(ROOMS["layers"]) if f"({room})" in each)
    return PACKAGES.index(app), level


def imported_by(path: str) -> set[str]:
    """Modules that a file takes something from, and the packages that give it."""
    tree = ast.parse((ROOT / path).read_text())
    return {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    }


def leads_to(path: str, other: str) -> bool:
    """Whether one file uses what another defines, directly or from its package."""
    module = other.removesuffix(".py").replace("/", ".")
    return bool({module, module.rpartition(".")[0]} & imported_by(path))


def test_there_are_five() -> None:
    assert len(WALKS) == 5


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_a_walk_is_short_and_never_goes_back_up(walk: list[str]) -> None:
    assert 2 < len(walk) <= 6
    assert [path for path in walk if not (ROOT / path).exists()] == []
    heights = [height(path) for path in walk]
    assert heights == sorted(heights)


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_each_file_of_a_walk_has_to_do_with_the_others(walk: list[str]) -> None:
    alone = [
        path
        for path in walk
        if not any(
            leads_to(path, other) or leads_to(other, path) for other in walk if other != path
        )
    ]
    assert alone == []
