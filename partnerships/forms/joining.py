"""Joining an agency, and answering people who say that they work there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from govuk.forms import CharacterCount, DateField, GovukForm, Radios
from partnerships.models import Agency, Employment, WorkforceGroup, active_partnership


class AgencySearchForm(GovukForm):
    """Look an agency up; a name is never taken as free text."""

    mark_optional = False

    q = forms.CharField(
        label="Name or postcode of your agency",
        max_length=100,
        required=False,
        help_text="For example, the name of your school, trust, practice or charity.",
    )


class AgencyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class JoinForm(GovukForm):
    """One agency of the register, and what the person does there.

    ``shown`` are the agencies offered on the page; any agency in the register is accepted.
    """

    agency = AgencyChoice(
        label="Which agency do you work for?",
        queryset=Agency.objects.none(),
        widget=Radios,
        empty_label=None,
        error_messages={
            "required": "Select your agency",
            "invalid_choice": "Select an agency from the register. Search again if it is not in the list.",
        },
    )
    job_title = forms.CharField(label="Your job title", max_length=120)
    group = forms.ModelChoiceField(
        label="Your group",
        queryset=WorkforceGroup.objects.none(),
        widget=Radios,
        required=False,
        blank=True,
        empty_label="I am not sure",
    )

    def __init__(
        self,
        *args: Any,
        today: date,
        shown: Iterable[Agency] = (),
        group_term: str = "Group",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        agency = cast("AgencyChoice", self.fields["agency"])
        group = cast("AgencyChoice", self.fields["group"])
        agency.queryset = Agency.objects.active()
        shown = self.with_chosen(list(shown))
        agency.widget.choices = [(each.pk, each.name) for each in shown]
        agency.widget.hints = {each.pk: about(each) for each in shown}
        groups = WorkforceGroup.objects.all()
        group.queryset = groups
        group.label = f"Your {group_term.lower()} in the workforce"
        group.help_text = (
            "If you are not sure, your agency’s lead or the training team will choose it for you."
            " You can still ask for places."
        )
        group.widget.hints = {each.pk: each.description for each in groups if each.description}

    def with_chosen(self, shown: list[Agency]) -> list[Agency]:
        """If the page comes back with errors, it keeps the agency that was chosen, whatever was searched for."""
        chosen = str(self.data.get("agency", ""))
        if (
            not chosen.isascii()
            or not chosen.isdecimal()
            or chosen in {str(each.pk) for each in shown}
        ):
            return shown
        chosen_one = Agency.objects.active().filter(pk=chosen).with_sector(self.today)
        return [*chosen_one, *shown]


def about(agency: Any) -> str:
    """What tells agencies with similar names apart."""
    return ", ".join(filter(None, [agency.sector_name, agency.postcode]))


class EndEmploymentForm(GovukForm):
    """Say when work for an agency ended or will end."""

    ends_on = DateField(label="Last day", help_text="For example, 31 8 2027.")

    def __init__(self, *args: Any, employment: Employment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.employment = employment

    def clean_ends_on(self) -> date:
        """Not before it began."""
        ends_on: date = self.cleaned_data["ends_on"]
        if ends_on < self.employment.starts_on:
            raise ValidationError(
                f"Last day must be on or after the first day, {self.employment.starts_on:%-d %B %Y}"
            )
        return ends_on


class GroupForm(GovukForm):
    """Which of the partnership's ``groups`` the holder of one job is in."""

    group = forms.ChoiceField()

    def __init__(
        self, *args: Any, employment: Employment, groups: Sequence[WorkforceGroup], **kwargs: Any
    ) -> None:
        super().__init__(*args, prefix=f"job-{employment.pk}", **kwargs)
        self.employment, self.groups = employment, groups
        field = cast("forms.ChoiceField", self.fields["group"])
        field.choices = [("", "Choose one"), *((str(each.pk), str(each)) for each in groups)]
        term = active_partnership().group_term.lower()
        field.error_messages["required"] = f"Choose the {term} of {employment.membership}"
        field.error_messages["invalid_choice"] = f"Choose one {term} from the list"
        field.label = str(employment.membership)
        field.help_text = str(employment)

    def chosen(self) -> WorkforceGroup:
        return next(each for each in self.groups if str(each.pk) == self.cleaned_data["group"])


class RefusalForm(GovukForm):
    """Why someone is refused."""

    reason = forms.CharField(
        label="Why are you unable to confirm this?",
        max_length=300,
        help_text="We will email this to the person.",
        widget=CharacterCount(attrs={"rows": 3}),
    )
