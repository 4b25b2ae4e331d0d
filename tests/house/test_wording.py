"""One way to write what every page and mail says: emails, the clock, and the bones of a mail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.layout import PACKAGES

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    path
    for folder in ("templates", "govuk/templates")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".html", ".txt"}
)
PYTHON = sorted(
    path
    for app in PACKAGES
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
)
DATA = sorted((ROOT / "tools/demo/data").rglob("*.toml"))
MAILS = [path for path in TEMPLATES if "mail" in path.parts and path.suffix == ".html"]
MAILS += [ROOT / "templates/account/mail.html"]
BASE = ROOT / "govuk/templates/govuk/email/base.html"


def found_in(paths: list[Path], pattern: str) -> list[str]:
    words = re.compile(pattern, re.IGNORECASE)
    return [str(path.relative_to(ROOT)) for path in paths if words.search(path.read_text())]


def test_it_is_an_email_and_nothing_else() -> None:
    assert found_in(TEMPLATES + PYTHON + DATA, r"\be-mail") == []


def test_the_clock_reads_930am_and_nothing_else() -> None:
    assert found_in(TEMPLATES, r"""(date|time):["'][^"']*[GHgh]:i""") == []
    # Not what a browser's input takes, nor what a terminal shows.
    shown = [path for path in PYTHON if path.name not in {"widgets.py", "sweep.py"}]
    assert found_in(shown, r"%[HI][:.]%M") == []


@pytest.mark.parametrize("path", MAILS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_mail_has_the_one_heading_and_landmark_of_the_base(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<h1|<main", text)
    assert path.name.startswith("_") or '{% extends "govuk/email/base.html" %}' in text


def test_the_base_of_mails_has_one_heading_and_a_main_landmark() -> None:
    text = BASE.read_text()
    assert (text.count("<h1"), text.count('<main role="main"')) == (1, 1)
    assert "{{ subject }}</h1>" in re.sub(r"{% (block heading|endblock) %}", "", text)
