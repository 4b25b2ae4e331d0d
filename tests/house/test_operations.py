"""``operations/`` holds use cases: one a file, named after it, keyword-only, atomic, on a clock that is given.

Nothing else in such a file is for others, but the classes and constants that belong to calling the use case. Tests may
look inside.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.test_walls import modules
from tests.layout import APPS, PACKAGES, ROOT

FILES = sorted(
    path
    for app in APPS
    for path in (ROOT / app / "operations").rglob("*.py")
    if path.name != "__init__.py"
)
CLOCKS = {"timezone", "datetime", "date", "time"}
CLOCK = "it asks what time it is: only views, schedules and commands do"


def is_atomic(node: ast.FunctionDef) -> bool:
    """Whether a function opens a transaction or takes part in one as a whole."""
    return any("transaction.atomic" in ast.unparse(one) for one in node.decorator_list)


def is_called_like_one(node: ast.FunctionDef) -> bool:
    """Whether a function looks like a use case: everything by name, or a transaction somewhere inside."""
    by_name = node.args.kwonlyargs and not (node.args.args or node.args.posonlyargs)
    return bool(by_name) or "transaction.atomic" in ast.unparse(node)


def faults(source: str, name: str) -> list[str]:
    """What keeps a module from being one use case."""
    tree = ast.parse(source)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    cases = [node for node in functions if is_atomic(node)]
    found = []
    if [case.name for case in cases] != [name]:
        found.append(f"its atomic functions are {[case.name for case in cases]}")
    found += [
        f"{case.name} takes arguments by position"
        for case in cases
        if case.args.args or case.args.posonlyargs or case.args.vararg
    ]
    found += [
        f"{each.name} looks like a second use case"
        for each in functions
        if each.name != name and is_called_like_one(each)
    ]
    if any(asks_the_clock(node) for node in ast.walk(tree)):
        found.append(CLOCK)
    return found


def asks_the_clock(node: ast.AST) -> bool:
    """Whether it is the present instant or day, called or only named, or lets its name in without the module's."""
    match node:
        case ast.ImportFrom(module="django.utils.timezone" | "time", names=names):
            return bool({one.name for one in names} & {"now", "localdate", "localtime", "time"})
        case ast.Attribute(value=owner, attr="now" | "utcnow" | "today" | "time" as asked):
            of = ast.unparse(owner).rpartition(".")[2]
            return of in CLOCKS and (asked != "time" or of == "time")
        case ast.Call(func=ast.Attribute(attr="localdate" | "localtime"), args=[]):
            return not any(one.arg == "value" for one in node.keywords)
    return False


def in_operations(module: str) -> bool:
    """Whether a module is an app's operations, or one of them."""
    app, _, rest = module.partition(".")
    return app in APPS and (rest == "operations" or rest.startswith("operations."))


def is_for_others(name: str, module: str) -> bool:
    """Whether a name of an operations file may be taken from it."""
    *_, case = module.split(".")
    return name == case or name in classes_of(module) or name.isupper()


@cache
def classes_of(module: str) -> set[str]:
    path = (ROOT / module.replace(".", "/")).with_suffix(".py")
    tree = ast.parse(path.read_text()) if path.exists() else ast.Module([], [])
    return {node.name for node in tree.body if isinstance(node, ast.ClassDef)}


def helpers_taken(source: str) -> Iterator[str]:
    """What a module takes from operations and should find in ``steps/`` or ``terms/``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if in_operations(one.name))
        if isinstance(node, ast.ImportFrom) and in_operations(node.module or ""):
            yield from (
                f"{node.module}.{one.name}"
                for one in node.names
                if not is_for_others(one.name, str(node.module))
            )
        if isinstance(node, ast.ImportFrom) and node.module in APPS:
            yield from (
                f"{node.module}.operations" for one in node.names if one.name == "operations"
            )


def test_there_are_use_cases_to_look_at() -> None:
    assert len(FILES) > 60


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_one_use_case_a_file_keyword_only_and_atomic(path: Path) -> None:
    assert faults(path.read_text(), path.stem) == []


def test_no_module_takes_from_operations_what_is_not_the_use_case() -> None:
    taken = {
        str(path.relative_to(ROOT)): found
        for path in modules()
        if path.relative_to(ROOT).parts[0] in PACKAGES
        and (found := list(helpers_taken(path.read_text())))
    }
    assert taken == {}


ONE = "@transaction.atomic\ndef pay(*, by): "


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("def pay(*, by): ...", "its atomic functions are []"),
        ("@transaction.atomic\ndef other(*, by): ...", "its atomic functions are ['other']"),
        ("@transaction.atomic\ndef pay(by): ...", "pay takes arguments by position"),
        ("@transaction.atomic\ndef pay(*by): ...", "pay takes arguments by position"),
        (f"{ONE}...\ndef owe(*, by): ...", "owe looks like a second use case"),
        (
            f"{ONE}...\ndef owe(by):\n with transaction.atomic(): ...",
            "owe looks like a second use case",
        ),
        (f"{ONE}timezone.now()", CLOCK),
        (f"{ONE}default(timezone.now)", CLOCK),
        (f"{ONE}datetime.datetime.now()", CLOCK),
        (f"{ONE}date.today()", CLOCK),
        (f"{ONE}time.time()", CLOCK),
        (f"{ONE}timezone.localdate()", CLOCK),
        (f"{ONE}timezone.localtime(timezone=LONDON)", CLOCK),
        (f"from django.utils.timezone import now\n{ONE}...", CLOCK),
    ],
)
def test_the_test_sees(source: str, fault: str) -> None:
    assert fault in faults(source, "pay")


@pytest.mark.parametrize(
    "source",
    [
        f"{ONE}timezone.localdate(by)\ndef of(by, *, at): by.created.time()\nclass Paid: ...",
        f"{ONE}timezone.localtime(value=by)",
        f"from django.utils.timezone import make_aware\n{ONE}...",
    ],
)
def test_the_test_lets_through(source: str) -> None:
    assert faults(source, "pay") == []


@pytest.mark.parametrize(
    ("source", "taken"),
    [
        ("from finance.operations.waive import waive", []),
        ("from bookings.operations.mark_attendance import MarkEntry, mark_attendance", []),
        ("from bookings.operations.add_walk_in import ROOM_FULL, walk_in_desk", ["walk_in_desk"]),
        ("from bookings.operations import waive", ["waive"]),
        ("from bookings.operations.waive import *", ["*"]),
        ("import bookings.operations.waive", ["waive"]),
        ("from bookings import operations", ["operations"]),
        ("from django.contrib.postgres.operations import BtreeGistExtension", []),
    ],
)
def test_the_test_sees_helpers_that_are_taken(source: str, taken: list[str]) -> None:
    assert [name.rpartition(".")[2] for name in helpers_taken(source)] == taken
