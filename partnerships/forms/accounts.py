"""What people enter to create an account, apart from the email address and the password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from govuk.forms import GovukForm


class SignupForm(GovukForm):
    """Base of allauth's sign-up form, which adds its own fields to these."""

    field_order = ("full_name", "email", "password1")

    full_name = forms.CharField(
        label="Full name",
        error_messages={"required": "Enter your full name"},
        max_length=150,
        help_text="As it should appear on registers and certificates.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Nothing to do: the account adapter has stored the name (allauth requires this method)."""


class NameForm(GovukForm):
    """Change your own name."""

    full_name = forms.CharField(
        label="Full name",
        error_messages={"required": "Enter your full name"},
        max_length=150,
        help_text="As it should appear on registers and certificates. Certificates already issued keep the old name.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
