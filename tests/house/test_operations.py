"""``operations/`` holds use cases: one a file, named after it, keyword-only, atomic, on a clock that is given."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.layout import APPS, ROOT

FILES = sorted(
    path
    for app in APPS
    for path in (ROOT / app / "operations").glob("*.py")
    if path.name != "__init__.py"
)


def public_atomic(tree: ast.Module) -> list[ast.FunctionDef]:
    """The functions of a module that open a transaction or take part in one as a whole."""
    return [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any("transaction.atomic" in ast.unparse(one) for one in node.decorator_list)
    ]


def faults(source: str, name: str) -> list[str]:
    """What keeps a module from being one use case."""
    cases = public_atomic(ast.parse(source))
    found = []
    if [case.name for case in cases] != [name]:
        found.append(f"its atomic functions are {[case.name for case in cases]}")
    found += [
        f"{case.name} takes arguments by position"
        for case in cases
        if case.args.args or case.args.posonlyargs
    ]
    if re.search(r"timezone\.now\(|date\.today\(|datetime\.now\(", source):
        found.append("it asks what time it is: only views, schedules and commands do")
    return found


def test_there_are_use_cases_to_look_at() -> None:
    assert len(FILES) > 60


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_one_use_case_a_file_keyword_only_and_atomic(path: Path) -> None:
    assert faults(path.read_text(), path.stem) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("def pay(*, by): ...", "its atomic functions are []"),
        ("@transaction.atomic\ndef other(*, by): ...", "its atomic functions are ['other']"),
        ("@transaction.atomic\ndef pay(by): ...", "pay takes arguments by position"),
        (
            "@transaction.atomic\ndef pay(*, by): timezone.now()",
            "it asks what time it is: only views, schedules and commands do",
        ),
    ],
)
def test_the_test_sees(source: str, fault: str) -> None:
    assert fault in faults(source, "pay")
