"""When an event is, in words: the same wording on pages and in lists, emails and changes."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from itertools import groupby, pairwise

from govuk.rules.phrases import MONTHS, WEEKDAYS, clock, listed, long_date

Times = tuple[datetime, datetime]  # start and end of one session


def when_wording(times: Iterable[Times], tz: tzinfo) -> str:
    """Tuesday 1 and Tuesday 8 December 2026, 9:30am to 4:30pm: the days on which people come, and no others.

    Days with the same hours are named together; different hours follow their own days.
    """
    hours_of: dict[date, list[str]] = {}
    for starts_at, ends_at in sorted(times):
        first, last = starts_at.astimezone(tz), ends_at.astimezone(tz)
        hours_of.setdefault(first.date(), []).append(hours_wording(first, last))
    alike = groupby(hours_of, key=hours_of.__getitem__)
    return "; ".join(f"{days_wording(list(days))}, {listed(hours)}" for hours, days in alike)


def hours_wording(first: datetime, last: datetime) -> str:
    """9:30am to 4:30pm, by the clock on the wall; the last day is named if it is a different day."""
    end = clock(last.time())
    if first.date() != last.date():
        end = f"{long_date(last.date())}, {end}"
    return f"{clock(first.time())} to {end}"


def days_wording(days: Sequence[date]) -> str:
    """Tuesday 1 and Tuesday 8 December 2026: a month or year that the next day shares is said once."""
    words = [shortened(day, following) for day, following in pairwise(days)]
    return listed([*words, long_date(days[-1])])


def shortened(day: date, following: date) -> str:
    """A day of a list, without what the next day in the list also says."""
    if day.year != following.year:
        return long_date(day)
    words = f"{WEEKDAYS[day.weekday()]} {day.day}"
    return words if day.month == following.month else f"{words} {MONTHS[day.month - 1]}"
