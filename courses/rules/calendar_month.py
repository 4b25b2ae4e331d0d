"""A month as a table of weeks."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from partnerships.rules.months import add_months

T = TypeVar("T")
MONDAY = 0
YEARS = range(2000, 2101)


@dataclass(frozen=True)
class Day(Generic[T]):
    """One cell. Days of the month before and after fill the first and the last week and hold nothing."""

    day: date
    in_month: bool
    entries: tuple[T, ...] = ()


def read_month(text: str) -> date | None:
    """The first day of a month written 2027-03; None for anything else, and for years that no one plans in."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return month if month.year in YEARS else None


def weeks(month: date, entries: Mapping[date, Iterable[T]]) -> list[list[Day[T]]]:
    """The weeks that a month touches, from Monday to Sunday, with what happens on each day."""
    return [
        [
            Day(day, day.month == month.month, tuple(entries.get(day, ())))
            if day.month == month.month
            else Day(day, False)
            for day in week
        ]
        for week in Calendar(MONDAY).monthdatescalendar(month.year, month.month)
    ]


def neighbours(month: date) -> tuple[date | None, date | None]:
    """The month before and the month after; None where the calendar ends."""
    before = None if (month.year, month.month) == (YEARS[0], 1) else add_months(month, -1)
    after = None if (month.year, month.month) == (YEARS[-1], 12) else add_months(month, 1)
    return before, after
