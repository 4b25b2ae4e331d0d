"""The form that records an extra cost of a place."""

from __future__ import annotations

from uuid import uuid4

from django import forms

from bookings.rules.extras import MOST_EXTRA
from bookings.rules.money import PENNY
from bookings.steps.sent_before import SENT_BEFORE
from govuk.forms import GovukForm, PrefixedInput
from partnerships.rules.refused import Refused


class ExtraCostForm(GovukForm):
    """``entry_key`` names this filled-in form, so that sending it twice records one cost."""

    description = forms.CharField(
        label="What is it for?",
        help_text="For example, a British Sign Language interpreter. The agency sees this.",
        max_length=120,
        error_messages={"required": "Enter what the cost is for"},
    )
    amount = forms.DecimalField(
        label="Amount",
        min_value=PENNY,
        max_value=MOST_EXTRA,
        max_digits=7,
        decimal_places=2,
        widget=PrefixedInput(prefix="£", attrs={"class": "govuk-input--width-5"}),
    )
    agreed_by = forms.CharField(
        label="Who at the agency agreed to it?",
        max_length=150,
        error_messages={"required": "Enter who at the agency agreed to it"},
    )
    entry_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def refuse(self, refused: Refused) -> None:
        """Show why, next to the field it is about. Sent again, the form counts as a new one."""
        for reason in refused.reasons:
            self.add_error(reason.code if reason.code in self.fields else None, str(reason))
        if SENT_BEFORE in refused.codes:
            self.say(entry_key=str(uuid4()))
