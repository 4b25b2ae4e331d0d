"""The walks of ``docs/architecture.md`` lead through files that are there, down and never back up."""

from __future__ import annotations

import ast
import re

import pytest

from tests.layout import PACKAGES, ROOMS, ROOT

TEXT = (ROOT / "docs" / "architecture.md").read_text()
WALKS = {
    title: re.findall(r"^\d\. `([\w/]+\.py)`", body, re.MULTILINE)
    for title, body in re.findall(r"^### (.+?)\n(.*?)(?=^### |\Z)", TEXT, re.MULTILINE | re.DOTALL)
}


def height(path: str) -> tuple[int, int]:
    """How far down a file stands: its app, then its room there."""
    app, room, *_ = path.removesuffix(".py").split("/")
    level = next(n for n, each in enumerate(ROOMS) if f"({room})" in each)
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
def test_each_file_is_used_by_one_above_it(walk: list[str]) -> None:
    unused = [
        path
        for number, path in enumerate(walk)
        if number and not any(leads_to(above, path) for above in walk[:number])
    ]
    assert unused == []
