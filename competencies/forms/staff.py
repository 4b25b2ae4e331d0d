"""The filter of the staff list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from competencies.rules.standing import RequirementStanding
from govuk.forms import GovukForm

ANY = ("", "All")
Pairs = Iterable[tuple[str, str]]


class StaffFilter(GovukForm):
    """Wrong values are named next to their field; the others still count."""

    mark_optional = False

    q = forms.CharField(label="Name", required=False, max_length=100)
    agency = forms.ChoiceField(label="Agency", required=False)
    group = forms.ChoiceField(required=False)
    requirement = forms.ChoiceField(label="Requirement", required=False)
    standing = forms.ChoiceField(
        label="Status", required=False, choices=[ANY, *RequirementStanding.choices()]
    )

    def __init__(
        self,
        *args: Any,
        group_term: str,
        agencies: Pairs,
        groups: Pairs,
        requirements: Pairs,
        **kwargs: Any,
    ) -> None:
        """``group_term`` is the partnership's own word."""
        super().__init__(*args, **kwargs)
        self.fields["group"].label = group_term
        offered = {"agency": agencies, "group": groups, "requirement": requirements}
        for name, pairs in offered.items():
            field = self.fields[name]
            field.choices = [ANY, *pairs]  # type: ignore[attr-defined]
            label = str(field.label).lower()
            article = "an" if label[0] in "aeiou" else "a"
            field.error_messages["invalid_choice"] = f"Choose {article} {label} from the list"

    @property
    def wanted(self) -> dict[str, Any]:
        """What was asked for, wrong values left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
