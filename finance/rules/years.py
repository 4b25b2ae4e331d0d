"""The financial year, from 1 April to 31 March: that of councils and the NHS (docs/domain/rules.md, payments)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from partnerships.rules.months import training_year

FIRST_MONTH = 4


@dataclass(frozen=True, order=True)
class FinancialYear:
    """Named by the year in which it begins."""

    begins: int

    @classmethod
    def of(cls, day: date) -> FinancialYear:
        return cls(training_year(day, FIRST_MONTH)[0].year)

    @property
    def first(self) -> date:
        return date(self.begins, FIRST_MONTH, 1)

    @property
    def last(self) -> date:
        return training_year(self.first, FIRST_MONTH)[1]

    @property
    def day_before(self) -> date:
        """The last day of the year before."""
        return self.first - timedelta(days=1)

    @property
    def label(self) -> str:
        return f"April {self.begins} to March {self.begins + 1}"

    def reached_by(self, today: date) -> date:
        """The last day of it that is not in the future."""
        return min(self.last, today)


def years_between(days: Iterable[date | None], today: date) -> list[FinancialYear]:
    """Every year from the earliest of the days to this one, the newest first. None is no day."""
    first = FinancialYear.of(min([today, *(day for day in days if day is not None)]))
    return [
        FinancialYear(year) for year in range(FinancialYear.of(today).begins, first.begins - 1, -1)
    ]
