"""Which past period a simulation is about."""

from __future__ import annotations

from typing import Any

from partnerships.forms.period import PeriodForm
from partnerships.rules.months import add_years

MOST_YEARS = 3  # a year of a large partnership is 24,000 bookings (docs/performance.md)


class SimulationForm(PeriodForm):
    """A period that one page can work out while someone waits."""

    def clean(self) -> dict[str, Any]:
        """Not too long."""
        cleaned = super().clean()
        first, last = cleaned.get("start"), cleaned.get("end")
        if first and last and last >= add_years(first, MOST_YEARS):
            self.add_error("end", f"Choose a period of up to {MOST_YEARS} years")
        return cleaned
