"""The days that a report is about. Wrong values are named next to their field; the others still count."""

from __future__ import annotations

from datetime import date
from typing import Any

from govuk.forms import DateField, GovukForm


class PeriodForm(GovukForm):
    """A period between two days; the training year if none are given."""

    mark_optional = False

    start = DateField(label="From", required=False)
    end = DateField(label="To", required=False)

    def __init__(self, data: Any, *, year: tuple[date, date]) -> None:
        """``year``: first and last day of the current training year."""
        first, last = year
        filled = data.copy()
        for name, day in (("start", first), ("end", last)):
            if not any(key == name or key.startswith(f"{name}_") for key in data):
                filled[name] = day.isoformat()
        super().__init__(filled)
        self.year = year

    def clean(self) -> dict[str, Any]:
        """The first day comes first."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("start"), cleaned.get("end")
        if first and last and last < first:
            self.add_error("end", "“To” must be the same day as “From” or a later one")
        return cleaned

    @property
    def period(self) -> tuple[date, date]:
        """First and last day; one that is missing or wrong is the training year's."""
        self.is_valid()
        first = self.cleaned_data.get("start") or self.year[0]
        return first, self.cleaned_data.get("end") or max(self.year[1], first)
