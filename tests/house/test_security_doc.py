"""`docs/security.md` names tests that are there, and leaves no part of the standard out."""

from __future__ import annotations

import re

from tests.house.test_walls import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text()
# Sections of OWASP ASVS 4.0.3 that have requirements of level 1 or 2.
SECTIONS = {
    1: (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14),
    2: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    3: (1, 2, 3, 4, 5, 7),
    4: (1, 2, 3),
    5: (1, 2, 3, 4, 5),
    6: (1, 2, 3, 4),
    7: (1, 2, 3, 4),
    8: (1, 2, 3),
    9: (1, 2),
    10: (2, 3),
    11: (1,),
    12: (1, 2, 3, 4, 5, 6),
    13: (1, 2, 3, 4),
    14: (1, 2, 3, 4, 5),
}
STATES = {"met", "met in part", "not met", "not ours"}


def test_every_test_that_it_names_is_there() -> None:
    named = set(re.findall(r"`(tests/[^`]+)`", TEXT))
    assert len(named) > 30
    assert sorted(name for name in named if not (ROOT / name).is_file()) == []


def test_it_speaks_of_every_section_of_the_standard() -> None:
    rows = re.findall(r"^\| (\d[\d., -]*) \| ([^|]+) \|", TEXT, re.MULTILINE)
    spoken_of = {
        tuple(int(part) for part in number.split(".")[:2])
        for numbers, _ in rows
        for number in re.findall(r"\d+\.\d+\.\d+", numbers)
    }
    assert {state.strip() for _, state in rows} <= STATES
    expected = {(chapter, section) for chapter, all_ in SECTIONS.items() for section in all_}
    assert expected - spoken_of == set()
