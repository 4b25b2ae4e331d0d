"""A named value with a label for people, usable by rules, models and forms alike."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Choice(StrEnum):
    """A string for the database, a label for the page: ``NO_SHOW = "no_show", "Absent"``."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs for a Django field's ``choices``."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def values(cls) -> list[str]:
        """Every stored value, in order of definition."""
        return [member.value for member in cls]
