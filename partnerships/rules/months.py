"""Month arithmetic with an end-of-month clamp: 30 November + 3 months = 28 February (W33)."""

from calendar import monthrange
from datetime import date


def last_of_month(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def first_of_month(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def add_months(day: date, months: int) -> date:
    """The same day some months later (or earlier). A day that the month lacks becomes its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    target = date(year, month + 1, 1)
    return target.replace(day=min(day.day, last_of_month(target).day))


def add_years(day: date, years: int) -> date:
    """The same date some years later. 29 February becomes 28 February in a common year."""
    return add_months(day, 12 * years)


def training_year(day: date, first_month: int = 4) -> tuple[date, date]:
    """First and last day of the training year around ``day``; April to March (seed 002)."""
    start = date(day.year - (day.month < first_month), first_month, 1)
    return start, last_of_month(add_months(start, 11))


def training_quarters(day: date, first_month: int = 4) -> tuple[tuple[date, date], ...]:
    """First and last day of each quarter of the training year around ``day``."""
    start, _ = training_year(day, first_month)
    begins = [add_months(start, months) for months in (0, 3, 6, 9)]
    return tuple((first, last_of_month(add_months(first, 2))) for first in begins)
