"""Reads the demonstration's data files; their format is described in ``data/README.md``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

# In the order of their sign-ins on the screen.
SLUGS = (
    "southampton",
    "north-somerset",
    "nottinghamshire",
    "competence-matters",
    "london-nhs-trust",
)

Facts = dict[str, Any]  # one table of a TOML file


@dataclass(frozen=True)
class Seed:
    """The data files of one partnership."""

    slug: str
    partnership: Facts
    courses: list[Facts]
    events: list[Facts]
    people: list[Facts]
    pathways: Facts
    questionnaires: Facts

    def person(self, key: str) -> Facts:
        """One of the people."""
        return next(row for row in self.people if row["key"] == key)


def read(slug: str) -> Seed:
    """All six files of one partnership."""
    folder = DATA / slug
    return Seed(
        slug=slug,
        partnership=_table(folder / "partnership.toml"),
        courses=_table(folder / "courses.toml")["courses"],
        events=_table(folder / "events.toml")["events"],
        people=_table(folder / "people.toml")["people"],
        pathways=_table(folder / "pathways.toml"),
        questionnaires=_table(folder / "questionnaires.toml"),
    )


def people_of(slug: str) -> list[Facts]:
    """Only the people, for the table of sign-ins."""
    found: list[Facts] = _table(DATA / slug / "people.toml")["people"]
    return found


def _table(path: Path) -> Facts:
    return tomllib.loads(path.read_text(encoding="utf-8"))
