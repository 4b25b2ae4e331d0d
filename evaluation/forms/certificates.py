"""Withdrawing a certificate, and issuing it anew."""

from __future__ import annotations

from django import forms

from govuk.forms import GovukForm

MOST = 300  # characters of a reason, as the column holds


class WithdrawForm(GovukForm):
    """Why it no longer counts."""

    reason = forms.CharField(
        label="Why is it withdrawn?",
        help_text="The holder reads this in an email. Their agency and people who check the code do not see it.",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReissueForm(GovukForm):
    """The name that the new certificate carries, and why there is a new one."""

    holder_name = forms.CharField(
        label="Name on the new certificate",
        help_text="As the holder writes it. This changes the certificate only: people change the "
        "name of their account themselves.",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.CharField(
        label="Why is a new one issued?",
        help_text="The holder can read this. Their agency and people who check a code do not see it.",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
