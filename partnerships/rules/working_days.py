"""Counting working days: weekends, bank holidays and closure days do not count (docs/domain/rules.md, working days).

A bank holiday can be announced a few months ahead (Scotland, 15 June 2026), so the closed days are
data from the caller; nothing here has a calendar of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from govuk.rules.phrases import WEEKDAYS

SATURDAY_AND_SUNDAY = frozenset({5, 6})
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days count; ``weekend`` holds weekday numbers (Monday 0), ``names`` says why closed."""

    closed: frozenset[date] = frozenset()
    weekend: frozenset[int] = SATURDAY_AND_SUNDAY
    names: tuple[tuple[date, str], ...] = ()

    def __post_init__(self) -> None:
        if self.weekend >= frozenset(range(7)):
            raise ValueError("A week needs at least one working day.")

    @classmethod
    def from_names(
        cls, names: Mapping[date, str], weekend: frozenset[int] = SATURDAY_AND_SUNDAY
    ) -> WorkingCalendar:
        """A calendar from closed days and their names, as the holiday library gives them."""
        return cls(frozenset(names), weekend, tuple(sorted(names.items())))

    def is_working(self, day: date) -> bool:
        return day.weekday() not in self.weekend and day not in self.closed

    def why_closed(self, day: date) -> str:
        """The name of the closed day, "weekend" or "closed"; empty for a working day."""
        if self.is_working(day):
            return ""
        fallback = (
            f"weekend ({WEEKDAYS[day.weekday()]})" if day.weekday() in self.weekend else "closed"
        )
        return dict(self.names).get(day, fallback)

    def without_closed(self) -> WorkingCalendar:
        """The same week with no closed days: for policies that count bank holidays as working days."""
        return replace(self, closed=frozenset(), names=())


def nth_working_day_before(day: date, number: int, calendar: WorkingCalendar) -> date:
    """The ``number``-th working day strictly before ``day``; 0 gives ``day`` itself."""
    return _walk(day, number, -ONE_DAY, calendar)


def nth_working_day_after(day: date, number: int, calendar: WorkingCalendar) -> date:
    """The ``number``-th working day strictly after ``day``; 0 gives ``day`` itself."""
    return _walk(day, number, ONE_DAY, calendar)


def next_working_day(day: date, calendar: WorkingCalendar) -> date:
    """The day itself if it is a working day, else the first one after it."""
    return day if calendar.is_working(day) else nth_working_day_after(day, 1, calendar)


def working_days_between(start: date, end: date, calendar: WorkingCalendar) -> int:
    """Working days from ``start`` (counted) to ``end`` (not counted); 0 in the wrong order."""
    days = (end - start).days
    return sum(calendar.is_working(start + timedelta(days=step)) for step in range(days))


def days_skipped_between(start: date, end: date, calendar: WorkingCalendar) -> tuple[date, ...]:
    """The days that did not count from ``start`` up to, not including, ``end``."""
    days = (start + timedelta(days=step) for step in range((end - start).days))
    return tuple(day for day in days if not calendar.is_working(day))


def _walk(day: date, number: int, step: timedelta, calendar: WorkingCalendar) -> date:
    if number < 0:
        raise ValueError("The number of working days must be 0 or more.")
    while number:
        day += step
        number -= calendar.is_working(day)
    return day
