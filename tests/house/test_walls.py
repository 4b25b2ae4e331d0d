"""The walls of the house: what every file, function, view, model and template obeys."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
from pathlib import Path

import pytest

from tests.layout import APPS

ROOT = Path(__file__).resolve().parent.parent.parent


def tracked(*patterns: str) -> list[Path]:
    """Files that git tracks or would add, so that a new file counts before it is committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.splitlines() if (ROOT / name).exists()]


def modules() -> list[Path]:
    """The product's Python, without tests and migrations."""
    found = tracked("*.py")
    return [path for path in found if "migrations" not in path.parts and "tests" not in path.parts]


def functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_no_module_is_longer_than_400_lines() -> None:
    long = {
        str(p.relative_to(ROOT)): n for p in modules() if (n := p.read_text().count("\n")) > 400
    }
    assert not long


def test_no_test_file_is_longer_than_500_lines() -> None:
    files = tracked("tests/*.py")
    long = {str(p.relative_to(ROOT)): n for p in files if (n := p.read_text().count("\n")) > 500}
    assert not long


def test_half_of_all_modules_are_short() -> None:
    sizes = [n for path in modules() if (n := path.read_text().count("\n")) >= 4]
    assert statistics.median(sizes) <= 70


def test_every_function_fits_on_a_screen_and_says_what_it_returns() -> None:
    long, untyped = [], []
    for path in modules():
        for node in functions(path):
            where = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
            if (node.end_lineno or node.lineno) - node.lineno + 1 > 50:
                long.append(where)
            if node.returns is None:
                untyped.append(where)
    assert (long, untyped) == ([], [])


def test_rules_read_no_clock() -> None:
    reads = re.compile(r"date\.today|datetime\.now|timezone\.now|time\.time\(")
    guilty = [
        p
        for app in APPS
        for p in (ROOT / app / "rules").glob("*.py")
        if reads.search(p.read_text())
    ]
    assert not guilty


def test_no_function_takes_more_than_seven_parameters() -> None:
    """What belongs together is one value: see ``BookingRequest`` and ``Mail``."""
    wide = []
    for path in modules():
        for node in functions(path):
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            if len([one for one in given if one.arg not in {"self", "cls"}]) > 7:
                wide.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert not wide


@pytest.mark.parametrize(
    "pattern", [r"<script(?![^>]*\bsrc=)[^>]*>", r"\sstyle=\"", r"\son[a-z]+=\""]
)
def test_pages_have_nothing_inline_that_the_security_policy_would_refuse(pattern: str) -> None:
    """Mail and PDF templates are no pages: mail programs know inline styles only, a PDF has no policy."""
    guilty = []
    for path in tracked("*.html"):
        if {"mail", "email", "pdf"} & set(path.parts) or "node_modules" in path.parts:
            continue
        for found in re.finditer(pattern, path.read_text()):
            if 'type="application/json"' not in found.group():
                guilty.append(f"{path.relative_to(ROOT)}: {found.group()}")
    assert not guilty


def test_no_machine_path_or_registry_host_is_committed() -> None:
    machine = re.compile(r"/(w[o]rk|f[a]rm)/|files\.p[y]thonhosted|registry\.n[p]mjs")
    binary = {".png", ".jpg", ".pdf", ".ico", ".woff2"}
    guilty = []
    for path in tracked():
        if path.suffix in binary or not path.is_file():
            continue
        if machine.search(path.read_text(errors="ignore")):
            guilty.append(str(path.relative_to(ROOT)))
    assert not guilty


def test_demonstration_addresses_lead_nowhere() -> None:
    """Invented people only, at example.org."""
    address = re.compile(r"[\w.+-]+@([\w-]+\.)*[\w-]+\.[a-z]{2,}")
    guilty = []
    for path in tracked("tools/demo/*"):
        for found in address.finditer(path.read_text(errors="ignore")):
            if not re.search(r"(@|\.)example\.(org|com)$", found.group()):
                guilty.append(f"{path.name}: {found.group()}")
    assert not guilty
