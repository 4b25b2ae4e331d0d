"""Roles, and learning completed somewhere else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from competencies.models import RoleProfile
from courses.models import Course
from govuk.forms import Checkboxes, DateField, GovukForm, PrefixedInput, Radios
from partnerships.rules.months import add_years

LONGEST_HOURS = Decimal(1000)
EARLIEST_YEARS_AGO = 60


class RoleForm(GovukForm):
    """The roles that someone has from a day on. They may have none."""

    mark_optional = False

    profiles = forms.ModelMultipleChoiceField(
        label="Roles",
        queryset=RoleProfile.objects.none(),
        widget=Checkboxes,
        required=False,
        help_text="Select all that apply. Leave them all empty if none apply.",
        error_messages={"invalid_choice": "Select roles from the list"},
    )
    since = DateField(label="Start date of the role", help_text="For example, 1 9 2026.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """``today`` limits the day to sensible ones."""
        super().__init__(*args, **kwargs)
        self.fields["profiles"].queryset = RoleProfile.objects.all()  # type: ignore[attr-defined]
        self.fields["since"].min_value = add_years(today, -EARLIEST_YEARS_AGO)  # type: ignore[attr-defined]
        self.fields["since"].max_value = add_years(today, 1)  # type: ignore[attr-defined]


class OutsideLearningForm(GovukForm):
    """Learning from elsewhere. Only someone who vouches for it says which course it counts as."""

    title = forms.CharField(label="What was the learning called?", max_length=200)
    provider = forms.CharField(
        label="Who provided it?", max_length=200, help_text="For example, an employer or a charity."
    )
    completed_on = DateField(label="Date completed", help_text="For example, 14 7 2026.")
    hours = forms.DecimalField(
        label="Hours of learning",
        min_value=Decimal("0.25"),
        max_value=LONGEST_HOURS,
        max_digits=6,
        decimal_places=2,
        widget=PrefixedInput(suffix="hours", attrs={"class": "govuk-input--width-5"}),
    )
    participatory = forms.TypedChoiceField(
        label="Did it involve learning with other people?",
        choices=[("yes", "Yes"), ("no", "No, alone or online without other people")],
        coerce=lambda value: value == "yes",
        widget=Radios,
    )
    course = forms.ModelChoiceField(
        label="Which of our courses does it count as?",
        queryset=Course.objects.none(),
        required=False,
        empty_label="None of these",
        help_text="Only choose one if you have seen proof. It will then count towards requirements.",
        error_messages={"invalid_choice": "Select a course from the list"},
    )

    def __init__(self, *args: Any, today: date, vouching: bool, **kwargs: Any) -> None:
        """``vouching``: whether the person who fills it in may name a course."""
        super().__init__(*args, **kwargs)
        self.fields["completed_on"].min_value = add_years(today, -EARLIEST_YEARS_AGO)  # type: ignore[attr-defined]
        self.fields["completed_on"].max_value = today  # type: ignore[attr-defined]
        if vouching:
            self.fields["course"].queryset = Course.objects.all()  # type: ignore[attr-defined]
        else:
            del self.fields["course"]

    @property
    def facts(self) -> dict[str, Any]:
        """The answers as the operation takes them."""
        data = dict(self.cleaned_data)
        data["minutes"] = int(data.pop("hours") * 60)
        return data


class RecogniseForm(GovukForm):
    """Which course learning from elsewhere counts as."""

    course = forms.ModelChoiceField(
        label="Which of our courses does it count as?",
        queryset=Course.objects.none(),
        empty_label="Select a course",
        help_text="Check the proof first. You cannot change this afterwards.",
        error_messages={
            "required": "Select a course",
            "invalid_choice": "Select a course from the list",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = Course.objects.all()  # type: ignore[attr-defined]


class GuideForm(GovukForm):
    """One question of a guide, with its answers as radios."""

    answer = forms.ChoiceField(widget=Radios)

    def __init__(self, *args: Any, question: str, labels: Iterable[str], **kwargs: Any) -> None:
        """The question is the field's label and the page's heading."""
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        field.label = question
        field.choices = [(label, label) for label in labels]  # type: ignore[attr-defined]
        field.error_messages["required"] = "Select an answer"
        field.error_messages["invalid_choice"] = "Select one of the answers below"
