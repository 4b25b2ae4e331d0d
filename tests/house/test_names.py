"""A name that one module takes from another means one thing, wherever it is read."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.test_walls import modules
from tests.layout import PACKAGES, ROOT

# Each app gives the manage page the same thing under the same name (partnerships.attention.AttentionProvider).
BY_AGREEMENT = {"attention"}


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


def defined() -> dict[str, set[str]]:
    """Functions and classes by name, with the modules that define them."""
    found: dict[str, set[str]] = defaultdict(set)
    for module, tree in product().items():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found[node.name].add(module)
    return found


def imported() -> Iterator[tuple[str, str]]:
    """Every name that is imported from one of our modules, with that module."""
    for tree in product().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield from ((one.name, node.module) for one in node.names)


def test_no_public_name_means_two_things() -> None:
    homes, surface = defined(), defaultdict(set)
    for name, module in imported():
        # A package gives what its modules define.
        surface[name] |= {
            home for home in homes[name] if home == module or home.startswith(f"{module}.")
        }
    twice = {name: sorted(of) for name, of in surface.items() if len(of) > 1}
    assert {name: of for name, of in twice.items() if name not in BY_AGREEMENT} == {}
    assert twice.keys() == BY_AGREEMENT, "the agreement is still needed"
