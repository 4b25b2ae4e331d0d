"""The code of a certificate, as people type it."""

from __future__ import annotations

from django import forms

from evaluation.rules.certificate import normalised, spaced
from govuk.forms import GovukForm


class CodeForm(GovukForm):
    """One code, with or without hyphens and capitals."""

    code = forms.CharField(
        label="Certificate code",
        max_length=40,
        help_text="The 12 letters and numbers printed at the bottom of the certificate. "
        f"For example, {spaced('ACDEFGHJKMNP')}.",
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input--width-20",
                "autocomplete": "off",
                "spellcheck": "false",
                "autocapitalize": "characters",
            }
        ),
    )

    def clean_code(self) -> str:
        """The code as it is stored."""
        code = normalised(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                "Enter the 12 letters and numbers of the code. It never has 0, 1, 2, 5, 8, B, I, L, O, S, U, V or Z"
            )
        return code
