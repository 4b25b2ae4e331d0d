"""The filter of the list of all events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from bookings.rules.event_needs import EventStage
from courses.forms.filters import LONGEST_SEARCH, month_choices
from govuk.forms import GovukForm


class EventsBoardFilter(GovukForm):
    """By stage, month and words; wrong values are named next to their field, and the others still count."""

    mark_optional = False
    q = forms.CharField(
        label="Search",
        required=False,
        max_length=LONGEST_SEARCH,
        help_text="Course, venue or reference.",
    )
    stage = forms.ChoiceField(label="Which events", required=False, choices=EventStage.choices())
    month = forms.ChoiceField(required=False)

    def __init__(self, data: Mapping[str, Any], *, months: Iterable[date]) -> None:
        super().__init__(data)
        choices = month_choices(months, asked=data.get("month", ""))
        self.fields["month"].choices = [("", "All"), *choices]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, Any]:
        """What was asked for, wrong values left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
