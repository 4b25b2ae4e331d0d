"""Days when the partnership's office is closed, other than bank holidays."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays
from django.db import models

from partnerships.models.partnership import Partnership
from partnerships.rules.working_days import WorkingCalendar
from tenancy import kept
from tenancy.models.base import TenantModel


class ClosureDay(TenantModel):
    """A day that is not a working day here: a local holiday, an extra bank holiday, an office closure."""

    is_rule = True

    day = models.DateField("date")
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "day"], name="closure_day_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%-d %B %Y}, {self.name}"


def working_calendar(partnership: Partnership, first: date, last: date) -> WorkingCalendar:
    """The partnership's closed days between two years: the nation's bank holidays and its own closure days.

    One query. Bank holidays come from the ``holidays`` library; one announced late is added as a closure day.
    """
    years = range(first.year, last.year + 1)
    own = {day: name for day, name in closure_days() if day.year in years}
    return WorkingCalendar.from_names(bank_holidays(partnership.nation, years) | own)


@kept
def closure_days() -> tuple[tuple[date, str], ...]:
    """Every day that the office was or will be closed, with its name."""
    return tuple(ClosureDay.objects.values_list("day", "name"))


@lru_cache(maxsize=64)
def bank_holidays(nation: str, years: range) -> dict[date, str]:
    """The bank holidays of a nation of the UK. Working them out costs more than most pages, so once per process."""
    return dict(holidays.country_holidays("GB", subdiv=nation, years=years).items())
