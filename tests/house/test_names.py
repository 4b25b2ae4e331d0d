"""A name that one module takes from another means one thing, wherever it is read.

Functions, classes and upper-case constants; taken with ``from module import name`` or read as ``module.name``.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.house.test_walls import modules
from tests.layout import PACKAGES, ROOT

# Each app gives the site the same thing under the same name: what needs doing (partnerships/attention.py) and what is
# done on a schedule (config/sweeps.py).
BY_AGREEMENT = {"attention", "SWEEPS"}


@cache
def product() -> dict[str, ast.Module]:
    """Our modules by their dotted names; tools stand beside the product."""
    named = {
        dotted(path): path for path in modules() if path.relative_to(ROOT).parts[0] in PACKAGES
    }
    return {
        name: ast.parse(path.read_text()) for name, path in named.items() if "tools." not in name
    }


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def names_in(tree: ast.Module) -> Iterator[str]:
    """Functions, classes and upper-case constants that a module defines."""
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=targets):
                yield from (ast.unparse(one) for one in targets if ast.unparse(one).isupper())
            case ast.AnnAssign(target=ast.Name(id=name)) if name.isupper():
                yield name


def taken_by(
    reader: str, tree: ast.Module, ours: Mapping[str, ast.Module]
) -> Iterator[tuple[str, str]]:
    """Every name that a module takes from one of ours, with the module it takes it from.

    Addresses read views as ``module.name``. A view that only they name is called what people do there, in the module
    that says with what: ``booking.cancel``, ``board.cancel``. So these do not count.
    """
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                yield one.name, node.module
                if (full := f"{node.module}.{one.name}") in ours:
                    known[one.asname or one.name] = full
        if isinstance(node, ast.Import):
            known |= {one.asname or one.name: one.name for one in node.names if one.name in ours}
    for node in ast.walk(tree):
        module = known.get(ast.unparse(node.value)) if isinstance(node, ast.Attribute) else None
        if module and not (reader.endswith("urls") and ".views" in module):
            yield node.attr, module


def meanings(ours: Mapping[str, ast.Module]) -> dict[str, list[str]]:
    """Names that are taken from more than one home."""
    homes, surface = defaultdict(set), defaultdict(set)
    for module, tree in ours.items():
        for name in names_in(tree):
            homes[name].add(module)
    for reader, tree in ours.items():
        for name, module in taken_by(reader, tree, ours):
            # A package gives what its modules define.
            surface[name] |= {
                home for home in homes[name] if home == module or home.startswith(f"{module}.")
            }
    return {name: sorted(of) for name, of in surface.items() if len(of) > 1}


def test_no_public_name_means_two_things() -> None:
    twice = meanings(product())
    assert {name: of for name, of in twice.items() if name not in BY_AGREEMENT} == {}
    assert twice.keys() == BY_AGREEMENT, "the agreement is still needed"


@pytest.mark.parametrize(
    ("reader", "source", "twice"),
    [
        ("c.views", "from a.views import pay\nfrom b.views import pay", {"pay"}),
        ("c.views", "from a.views import pay\nfrom b import views\nviews.pay()", {"pay"}),
        ("c.views", "import a.views\nimport b.views as two\na.views.pay, two.pay", {"pay"}),
        ("c.views", "from a.views import RED\nfrom b.views import RED", {"RED"}),
        ("c.views", "from a.views import low\nfrom b.views import low", set()),
        ("c.views", "from a.views import pay", set()),
        ("c.urls", "from a import views\nfrom b import views as two\nviews.pay, two.pay", set()),
    ],
)
def test_the_test_sees(reader: str, source: str, twice: set[str]) -> None:
    home = ast.parse("def pay(): ...\nRED: int = 1\nlow = 2")
    ours = {"a.views": home, "b.views": home, reader: ast.parse(source)}
    assert meanings(ours).keys() == twice
