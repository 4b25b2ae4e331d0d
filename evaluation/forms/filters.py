"""The filters of insight. Wrong values are named next to their field; the others still count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from evaluation.reports.slices import Slice
from govuk.forms import DateField, GovukForm

Pairs = Iterable[tuple[int | str, str]]
ANY = ("", "All")


class PeriodFilter(GovukForm):
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

    def chosen(self, **more: Any) -> Slice:
        """What to report on; a day that is missing or wrong is the training year's."""
        self.is_valid()
        first = self.cleaned_data.get("start") or self.year[0]
        last = self.cleaned_data.get("end") or max(self.year[1], first)
        return Slice(first=first, last=last, **more)


class InsightFilter(PeriodFilter):
    """Days, course, and who sent the delegates."""

    course = forms.ChoiceField(required=False)
    sector = forms.ChoiceField(required=False)
    agency = forms.ChoiceField(required=False)

    def __init__(
        self, data: Any, *, year: tuple[date, date], courses: Pairs, agencies: Pairs, sectors: Pairs
    ) -> None:
        """Courses and agencies by id, sectors by code."""
        super().__init__(data, year=year)
        self.fields["course"].choices = [ANY, *courses]  # type: ignore[attr-defined]
        self.fields["sector"].choices = [ANY, *sectors]  # type: ignore[attr-defined]
        self.fields["agency"].choices = [ANY, *agencies]  # type: ignore[attr-defined]

    def chosen(self, **more: Any) -> Slice:
        self.is_valid()
        numbers = {name: self.cleaned_data.get(name) for name in ("course", "agency")}
        found = {name: int(value) for name, value in numbers.items() if value}
        return super().chosen(**found, sector=self.cleaned_data.get("sector") or "", **more)
