"""Whatever a comment, a docstring, a page or a document cites can be found in this repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOMAIN = ROOT / "docs" / "domain"
MADE = {"build", "htmlcov", "mutants", "node_modules", "requirements", "staticfiles", "var"}
READ = {".css", ".html", ".js", ".md", ".py", ".scss", ".toml", ".txt", ".yml"}

# "W10=" is the beginning of a message in base64.
CASE = re.compile(r"\b(?:W|test_w)(\d+)(?![\d=])")
SEEDS = re.compile(r"\bseeds?((?:(?:,| and| or| to)? ?\b\d{3}\b)+)", re.IGNORECASE)
ADR = re.compile(r"\b(?:ADRs? |adr/)(\d{4})(-[\w-]+\.md)?")
SECTION = re.compile(r"\bdocs/domain/([\w-]+\.md)(?:, (?![Ww]\d)([A-Za-z][\w -]*))?")
MANUAL = re.compile(r"\bVAT(?:EDU|GPB|REC|SC)\d+")
LINK = re.compile(r"\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]+))?\)")
# What the project was planned with, and no reader of the repository has.
ELSEWHERE = re.compile(
    r"(?<![\w/-])(?:domain|design|review|inventory|style|ui|board-reports)\.md\b"
    r"|\bboard-reports\b|\bdesign,? (?:section )?\d|\bshared/(?:seeds|checks)\b"
)


@cache
def texts() -> dict[str, str]:
    """Every text that people wrote, by its path, each paragraph in one line. This file names what it seeks."""
    found = {}
    for top in ROOT.iterdir():
        if top.name.startswith(".") or top.name in MADE:
            continue
        for path in top.rglob("*") if top.is_dir() else (top,):
            wanted = path.suffix in READ and path != Path(__file__)
            if wanted and MADE.isdisjoint(path.relative_to(ROOT).parts) and path.is_file():
                lines = re.sub(r"(\S)\n[ \t]*(?:# )?(?=\S)", r"\1 ", path.read_text())
                found[str(path.relative_to(ROOT))] = lines
    return found


@cache
def anchors(path: Path) -> frozenset[str]:
    """Where links into a document can lead: its headings, as GitHub writes them, and the anchors that it sets."""
    text = path.read_text()
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w -]", "", each).strip().lower().replace(" ", "-") for each in headings}
    return frozenset(slugs | set(re.findall(r'<a id="([^"]+)">', text)))


def dangling(text: str) -> Iterator[str]:
    """What a text cites that is not there."""
    cases = anchors(DOMAIN / "cases.md")
    yield from (f"W{number}" for number in CASE.findall(text) if f"w{number}" not in cases)
    seeds = {each[:8] for each in anchors(DOMAIN / "partnerships.md") if each.startswith("seed-")}
    for numbers in SEEDS.findall(text):
        cited = re.findall(r"\d{3}", numbers)
        yield from (f"seed {each}" for each in cited if f"seed-{each}" not in seeds)
    for number, rest in ADR.findall(text):
        if not any((ROOT / "docs/adr").glob(f"{number}{rest}" if rest else f"{number}-*.md")):
            yield f"ADR {number}{rest}"
    for name, heading in SECTION.findall(text):
        slug = heading.strip().lower().replace(" ", "-")
        if not (DOMAIN / name).is_file() or (slug and slug not in anchors(DOMAIN / name)):
            yield f"docs/domain/{name}, {heading}"
    rules = (DOMAIN / "rules.md").read_text()
    yield from (page for page in MANUAL.findall(text) if page not in rules)
    yield from (f"outside the repository: {found}" for found in ELSEWHERE.findall(text))


def test_every_citation_leads_somewhere() -> None:
    assert {path: missing for path, text in texts().items() if (missing := [*dangling(text)])} == {}


def test_every_link_of_a_document_leads_somewhere() -> None:
    broken = []
    for name in (name for name in texts() if name.endswith(".md")):
        for target, anchor in LINK.findall((ROOT / name).read_text()):
            path = (ROOT / name).parent / target if target else ROOT / name
            if not path.exists() or (anchor and anchor not in anchors(path)):
                broken.append((name, target, anchor))
    assert broken == []


def test_each_case_stands_in_one_row_under_its_own_number() -> None:
    text = (DOMAIN / "cases.md").read_text()
    rows = re.findall(r'^\| <a id="w(\d+)"></a>W(\d+) \|', text, re.MULTILINE)
    assert len(rows) == len(set(rows)) == text.count("<a id=") > 20
    assert all(anchor == number for anchor, number in rows)


@pytest.mark.parametrize(
    "text",
    [
        "as in W38",
        "def test_w38_of_nothing",
        "seed 009",
        "seeds 001, 002 and 009",
        "ADR 0099",
        "docs/adr/0016-another-name.md",
        "(docs/domain/rules.md, tides)",
        "(docs/domain/tides.md)",
        "VATREC99999",
        "see domain.md 2",
        "(design 4)",
    ],
)
def test_a_citation_that_leads_nowhere_is_found(text: str) -> None:
    assert len(list(dangling(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "W6, W30-W32 and W41b",
        "seeds 001 and 003",
        "(docs/domain/rules.md, VAT; W48)",
        "docs/domain/rules.md, document numbers",
        "(docs/domain/cases.md, W6)",
        "ADR 0016",
        'b\'{"body": "W10=", "hea\'',
    ],
)
def test_a_citation_that_leads_somewhere_is_not(text: str) -> None:
    assert list(dangling(text)) == []
