"""``rules/`` is the policy: every name in it decides something, and SQL that repeats one says so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.layout import APPS

ROOT = Path(__file__).parents[2]
PRODUCT = (*APPS, "config", "govuk")

# What SQL does faster: each rule, the file whose query repeats it and names it, and the test that runs both on the same
# random rows.
RATINGS = ("evaluation/reports/ratings_sql.py", "tests/evaluation/test_ratings_twin.py")
CERTIFYING = ("evaluation/terms/certificates.py", "tests/evaluation/test_certify_twin.py")
REPEATED_IN_SQL = {
    "Rating": [RATINGS],
    "sums_of": [RATINGS],
    "follows_by_itself": [CERTIFYING],
    "attendance_outcome": [CERTIFYING],
    "may_offer": [
        ("bookings/terms/places.py", "tests/bookings/test_places_left.py"),
        ("bookings/operations/offer_freed_places.py", "tests/bookings/test_places_left.py"),
    ],
}


def names_in(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    """What a module defines at its top, and what its classes can be asked."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield node.name, node
            yield from ((one.name, one) for one in node.body if isinstance(one, ast.FunctionDef))
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                yield from (
                    (each.id, node) for each in ast.walk(target) if isinstance(each, ast.Name)
                )
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node


def used_in(tree: ast.AST) -> set[str]:
    """Every name and attribute that a piece of code reads."""
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return found | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def reached() -> tuple[dict[str, Path], set[str]]:
    """Names that rules define, and those of them that product code reaches, through other rules too."""
    defined: dict[str, Path] = {}
    uses: dict[str, set[str]] = {}
    for app in APPS:
        for path in sorted((ROOT / app / "rules").glob("*.py")):
            for name, node in names_in(path):
                defined[name] = path
                uses.setdefault(name, set()).update(used_in(node) - {name})
    start: set[str] = set()
    for path in (ROOT / "templates").rglob("*.*"):
        start |= set(re.findall(r"\w+", path.read_text()))
    for package in PRODUCT:
        for path in (ROOT / package).rglob("*.py"):
            if "rules" not in path.parts and "migrations" not in path.parts:
                tree = ast.parse(path.read_text())
                start |= used_in(tree)
                start |= {
                    name.name
                    for node in ast.walk(tree)
                    if isinstance(node, ast.ImportFrom)
                    for name in node.names
                }
    found, new = set(), start & set(defined)
    while new:
        found |= new
        new = {name for each in new for name in uses[each] & set(defined)} - found
    return defined, found


def test_every_name_of_the_rules_is_reached_from_the_product() -> None:
    defined, found = reached()
    unreached = {name for name in defined if name not in found and not name.startswith("_")}
    assert unreached <= set(REPEATED_IN_SQL) <= set(defined)


@pytest.mark.parametrize(
    ("rule", "sql", "test"),
    [(rule, *pair) for rule, pairs in sorted(REPEATED_IN_SQL.items()) for pair in pairs],
)
def test_sql_names_the_rule_that_it_repeats_and_so_does_the_test_of_both(
    rule: str, sql: str, test: str
) -> None:
    assert re.search(rf"\b{rule}\b|rules\.pairing", (ROOT / sql).read_text())
    assert re.search(rf"\b{rule}\b", (ROOT / test).read_text())
