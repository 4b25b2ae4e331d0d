"""The filters of the public lists. Wrong values are named next to their field; the others still count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from courses.reports.catalogue import CatalogueChoices
from courses.rules.calendar_month import read_month
from courses.rules.catalogue import Length
from courses.rules.states import CourseKind, Delivery
from govuk.forms import GovukForm
from govuk.rules.phrases import MONTHS
from govuk.wording import plain_messages

LONGEST_SEARCH = 100
ANY = ("", "All")


class CatalogueFilter(GovukForm):
    """Filters that the course list and the event list share."""

    title = "Filter"
    mark_optional = False

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=LONGEST_SEARCH,
        help_text="We look in titles, topics, aims, learning outcomes, content and who it is for.",
    )
    group = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(
        label="Type of course", required=False, choices=[ANY, *CourseKind.choices()]
    )
    topic = forms.ChoiceField(required=False)
    delivery = forms.ChoiceField(
        label="How it is delivered", required=False, choices=[ANY, *Delivery.choices()]
    )

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        group_term: str,
        choices: CatalogueChoices,
        months: Iterable[date] = (),
    ) -> None:
        """``group_term`` is the partnership's own word; ``months`` are those with something on offer."""
        super().__init__(data)
        group = self.fields["group"]
        group.label = group_term
        group.error_messages.update(plain_messages(group, group_term))
        self.offer("group", choices.groups)
        self.offer("topic", choices.topics)
        if "month" in self.fields:
            self.offer("month", month_choices(months, asked=data.get("month", "")))

    def offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        """Let a field choose among these, or none."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [ANY, *choices]

    @property
    def wanted(self) -> dict[str, Any]:
        """What was asked for, wrong values left out."""
        self.is_valid()
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in {"", None, False}
        }

    @property
    def more_than_text(self) -> bool:
        """Whether a filter other than the search text is set, or wrong. The panel is then open."""
        return any(self.data.get(name) for name in self.fields if name != "q")


class CourseFilter(CatalogueFilter):
    title = "Filter courses"

    length = forms.ChoiceField(required=False, choices=[ANY, *Length.choices()])


class EventFilter(CatalogueFilter):
    title = "Filter events"

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=LONGEST_SEARCH,
        help_text="We look in the course’s title, topics, aims, outcomes, content and audience, and in the venue.",
    )
    month = forms.ChoiceField(required=False)
    places = forms.BooleanField(label="Only with places left", required=False)

    field_order = ["q", "month", "places", "group", "kind", "topic", "delivery"]


def month_choices(months: Iterable[date], asked: str) -> list[tuple[str, str]]:
    """2027-03, March 2027. An old link may name a month in which nothing is on offer any more."""
    wanted = {*months, *([month] if (month := read_month(asked)) else [])}
    return [
        (month.strftime("%Y-%m"), f"{MONTHS[month.month - 1]} {month.year}")
        for month in sorted(wanted)
    ]
