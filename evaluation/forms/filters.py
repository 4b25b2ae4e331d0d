"""The filters of insight. Wrong values are named next to their field; the others still count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from evaluation.reports.slices import Slice
from partnerships.forms.period import PeriodForm

Pairs = Iterable[tuple[int | str, str]]
ANY = ("", "All")


class PeriodFilter(PeriodForm):
    """What happened between two days."""

    def chosen(self, **more: Any) -> Slice:
        """What to report on."""
        first, last = self.period
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
