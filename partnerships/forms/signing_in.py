"""allauth's forms with the words and limits of all our forms."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.validators import MaxLengthValidator

from govuk.forms import GovukFormMixin

LONGEST_PASSWORD = 128  # OWASP ASVS 2.1.2
ADVICE = (
    "At least 12 characters. Three random words are easy to remember. "
    "Do not use a common password, your name or your email address."
)
# Label, and what to do when the field is left empty.
Words = dict[str, tuple[str, str]]
WORDS: Words = {
    "login": ("Email address", "Enter your email address"),
    "email": ("Email address", "Enter your email address"),
    "password": ("Password", "Enter your password"),
    "oldpassword": ("Current password", "Enter your current password"),
    "password1": ("New password", "Enter a new password"),
    "password2": ("New password again", "Enter the new password again"),
    "code": ("Code", "Enter the code"),
    "name": ("Name of the key", "Enter a name for the key"),
    "passwordless": ("Sign in with this key only", ""),
}
HELP = {
    "password1": ADVICE,
    "passwordless": "The key will ask for your fingerprint, face or PIN. You will not need a password.",
}
WRONG_ADDRESS = "Enter an email address in the correct format, like name@example.org"


class PlainForm(GovukFormMixin):
    """Put before one of allauth's forms. Removes placeholders, which vanish on typing and repeat the label."""

    words: ClassVar[Words] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = HELP.get(
                name, "" if isinstance(field, forms.CharField) else field.help_text
            )
            if name in WORDS:
                label, missing = (WORDS | self.words)[name]
                field.label = label
                field.error_messages["required"] = missing
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = WRONG_ADDRESS
                field.validators = [with_words(each) for each in field.validators]
            if name == "password1":
                field.validators.append(
                    MaxLengthValidator(
                        LONGEST_PASSWORD, "Password must be %(limit_value)d characters or fewer"
                    )
                )


def with_words(validator: Any) -> Any:
    """Django's check of an address, with our sentence."""
    if getattr(validator, "code", "") == "invalid":
        return type(validator)(message=WRONG_ADDRESS)
    return validator


class LoginForm(PlainForm, account.LoginForm):
    """Sign in. “Forgot your password?” is after the form, not between its fields."""


class SignUpForm(PlainForm, account.SignupForm):
    """Create an account; the name comes from ``partnerships.forms.accounts``."""

    words: ClassVar[Words] = {"password1": ("Password", "Enter a password")}


class AddEmailForm(PlainForm, account.AddEmailForm):
    """One more address."""


class ChangePasswordForm(PlainForm, account.ChangePasswordForm):
    """The current password and a new one."""


class SetPasswordForm(PlainForm, account.SetPasswordForm):
    """A first password, for someone who signs in with a key."""


class ResetPasswordForm(PlainForm, account.ResetPasswordForm):
    """Ask for a new password."""


class ResetPasswordKeyForm(PlainForm, account.ResetPasswordKeyForm):
    """Set it, by the emailed link."""


class ReauthenticateForm(PlainForm, account.ReauthenticateForm):
    """The password again."""


class CodeForm(PlainForm, second_step.AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(PlainForm, second_step.ReauthenticateForm):
    """A code instead of the password again."""


class ActivateTOTPForm(PlainForm, totp.ActivateTOTPForm):
    """The first code of an authenticator app."""


class AddWebAuthnForm(PlainForm, webauthn.AddWebAuthnForm):
    """A new passkey or security key."""


class EditWebAuthnForm(PlainForm, webauthn.EditWebAuthnForm):
    """Another name for one."""
