"""Looking through what happened to accounts."""

from __future__ import annotations

from django import forms

from govuk.forms import GovukForm


class AccountEventsForm(GovukForm):
    """By person, or only what went wrong."""

    mark_optional = False

    q = forms.CharField(label="Name or email address", max_length=100, required=False)
    failures = forms.BooleanField(label="Only failed sign-ins", required=False)
