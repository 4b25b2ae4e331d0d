"""Forms of a restriction: the appeal, and the decision."""

from __future__ import annotations

from typing import Any

from django import forms

from bookings.models import Restriction
from govuk.forms import GovukForm, Radios

LIFT, STANDS = "lift", "stands"


class AppealForm(GovukForm):
    """Why the person thinks that they should be able to book."""

    appeal = forms.CharField(
        label="Why should the restriction be lifted?",
        help_text="Tell us what happened. Do not give details of anyone’s health. The training team will read this, "
        "and email you its decision.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Tell us why the restriction should be lifted"},
    )


class RestrictionForm(GovukForm):
    """Lift it, or let it stand if there is an appeal."""

    outcome = forms.ChoiceField(
        label="What do you decide?",
        choices=[(LIFT, "Lift the restriction"), (STANDS, "The restriction stands")],
        widget=Radios(),
        error_messages={"required": "Select what you decide"},
    )
    decision = forms.CharField(
        label="Reason",
        help_text="We will email this to the person.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the reason for the decision"},
    )

    def __init__(self, *args: Any, restriction: Restriction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not restriction.is_appealed:
            del self.fields["outcome"]

    @property
    def lifts(self) -> bool:
        """Whether the restriction is to end. Without an appeal there is nothing else to decide."""
        return bool(self.cleaned_data.get("outcome", LIFT) == LIFT)
