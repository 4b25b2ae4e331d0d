"""The admin's form of a grant."""

from __future__ import annotations

from django import forms

from bookings.models import Grant
from bookings.rules.prices import ChargeKind
from partnerships.forms.base import TenantModelForm


class GrantForm(TenantModelForm):
    """Kinds of charge as a list of checkboxes; the model asks the rules."""

    kinds = forms.MultipleChoiceField(
        label="Charges",
        choices=ChargeKind.choices(),
        widget=forms.CheckboxSelectMultiple,
        initial=[ChargeKind.ATTENDANCE.value],
        help_text="Which charges it reduces.",
    )

    class Meta:
        model = Grant
        fields = (
            *("name", "code", "kinds", "percent", "amount", "places"),
            *("valid_from", "valid_until", "note"),
        )
