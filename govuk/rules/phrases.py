"""Dates, times, counts and lists in the words that every page and email uses."""

from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo

# The last instant of a local day: deadlines "by the end of" a day are kept as this time.
END_OF_DAY = time(23, 59, 59, 999999)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def short_date(day: date) -> str:
    """16 December 2024."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_date(day: date) -> str:
    """Monday 16 December 2024."""
    return f"{WEEKDAYS[day.weekday()]} {short_date(day)}"


def clock(at: time) -> str:
    """5pm, 9:30am, midday, midnight."""
    if (at.hour, at.minute) in {(0, 0), (12, 0)}:
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'pm' if at.hour >= 12 else 'am'}"


def moment(instant: datetime, tz: tzinfo) -> str:
    """An instant in local words; the last instant of a day reads "the end of Monday ..."."""
    local = instant.astimezone(tz)
    if local.time() == END_OF_DAY:
        return f"the end of {long_date(local.date())}"
    return f"{clock(local.time())} on {long_date(local.date())}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """1 place, 2 places; an irregular plural is given."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(items: Sequence[str], joint: str = "and") -> str:
    """A; A and B; A, B and C."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 22nd."""
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
