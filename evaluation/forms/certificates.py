"""Withdrawing a certificate, and issuing a new one."""

from __future__ import annotations

from django import forms

from govuk.forms import GovukForm

MOST = 300  # characters of a reason, as the column holds


class WithdrawForm(GovukForm):
    """Why it no longer counts."""

    reason = forms.CharField(
        label="Why is it being withdrawn?",
        help_text="We will email this to the holder. Their agency and people who check the code will not see it.",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReissueForm(GovukForm):
    """The name on the new certificate, and why there is a new one."""

    holder_name = forms.CharField(
        label="Name on the new certificate",
        help_text="As the holder writes it. This only changes the certificate. People change the "
        "name on their account themselves.",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.CharField(
        label="Why is a new one being issued?",
        help_text="The holder can see this. Their agency and people who check the code cannot.",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
