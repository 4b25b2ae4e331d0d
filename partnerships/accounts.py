"""How allauth behaves inside a partnership."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage, LoginStageController
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from govuk.addresses import validate_deliverable
from outbox.tasks import wake
from partnerships.access import member_here
from partnerships.account_changes import keep
from partnerships.models import AccountEventKind, Membership, User, active_partnership
from partnerships.operations.queue_account_mail import queue_account_mail
from partnerships.throttles import MARK, Attempt, mark_browser, new_mark, owner_of
from tenancy import active_partnership_id

STOP = "partnerships.accounts.stop"  # the salt of links that undo changes


class SignInBackend(AuthenticationBackend):
    """Loads the person of a session. Nearly every page needs their membership next, so both are read at once."""

    def get_user(self, user_id: Any) -> Any:
        here = member_here(user_id) if active_partnership_id() is not None else None
        if here is None:
            return super().get_user(user_id)
        here.user.here = here
        return here.user


class AccountAdapter(DefaultAccountAdapter):
    """Emails about accounts have their own outbox; addresses are stored in lower case."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or the password is not correct",
        "incorrect_password": "The password is not correct",
        "enter_current_password": "The current password is not correct",
        "duplicate_email": "You have already added this email address",
        "max_email_addresses": "You cannot add more than %d email addresses",
        "rate_limited": "Wait a few minutes before you try again",
        "too_many_login_attempts": (
            "The wrong password was entered too many times. Wait a few minutes and try again, or select "
            "“Forgot your password?” and use the link we send to sign in straight away."
        ),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the email, in the name of the partnership where it was requested."""
        partnership = active_partnership()
        named = {"partnership": partnership, "site_name": partnership.name, "email": email}
        mail = self.render_mail(template_prefix, email, named | context)
        queue_account_mail(
            kind=template_prefix.rsplit("/", 1)[-1],
            user=context.get("user"),
            to_email=email,
            subject=mail.subject,
            body=str(mail.body),
            asked_at=partnership,
            now=timezone.now(),
        )
        wake()

    def is_safe_url(self, url: str | None) -> bool:
        """Like allauth's, which fails on something that is not an address ("//[")."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt against the limits of the account; refuse it if one is reached."""
        self.attempt = Attempt(request, credentials.get("email", ""))
        if not self.attempt.count():
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """The password was right (the name is allauth's)."""
        self.attempt.take_back()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """A new password was set in this browser with the emailed link, so other people's guesses do not affect it."""
        owner = owner_of(credentials.get("email", ""))
        if owner is not None:
            request.session[MARK] = new_mark(owner)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record it with the account, if there is one, but never what was tried."""
        owner = owner_of(credentials.get("email", ""))
        if owner is not None:
            keep(request, User.objects.get(pk=owner), AccountEventKind.WRONG_PASSWORD)

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Confirm an address, so that it helps no one but its owner.

        An address that someone added to their account can only be confirmed by that account. Otherwise a stranger's
        click would give them its agency. And people may sign up with an address that is not theirs: if the link is
        opened in another browser, the password of the sign-up is void and a new one is asked for.
        """
        if is_added(email_address):
            if request.user != email_address.user:
                return False
            return bool(super().confirm_email(request, email_address))
        signed_up_here = began_here(request, email_address.user)
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed and not signed_up_here:
            user = email_address.user
            user.set_unusable_password()
            user.save()
        return confirmed

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """Someone without a password sets one next."""
        user = email_address.user
        if user.has_usable_password():
            url: str = super().get_email_verification_redirect_url(email_address)
            return url
        key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
        return str(self.get_reset_password_from_key_url(key))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the account holder what was changed and how to stop it."""
        address = email or EmailAddress.objects.get_primary_email(user)
        token = stop_token(user, address or "", timezone.now())
        path = reverse("account_stop", args=[token])
        own = {"user": user, "stop_url": self.request.build_absolute_uri(path)}
        super().send_notification_mail(template_prefix, user, own | (context or {}), address)

    def clean_email(self, email: str) -> str:
        """One account per person, however the address is typed, and only addresses that we can email."""
        cleaned: str = super().clean_email(email)
        validate_deliverable(cleaned)
        return cleaned.lower()

    def save_user(self, request: Any, user: Any, form: Any, commit: bool = True) -> Any:
        """Store the name from the sign-up form."""
        user.full_name = form.cleaned_data.get("full_name", "").strip()
        return super().save_user(request, user, form, commit=commit)

    def post_login(self, request: Any, user: User, **kwargs: Any) -> HttpResponse:
        """Someone new first says where they work, then goes where they were going."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if not is_member(user):
            target = response.get("Location", "")
            here = target == reverse("after_sign_in")
            onwards = "" if here else f"?{urlencode({'next': target})}"
            response = redirect(f"{reverse('join')}{onwards}")
        mark_browser(response, user.pk)
        return response


class SecondStepAdapter(DefaultMFAAdapter):
    """What can go wrong with a second step, in plain words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "The code is not correct",
        "cannot_generate_recovery_codes": "Set up an app or a key first: you cannot have recovery codes without one",
    }


def is_added(email_address: Any) -> bool:
    """Whether the account already has a confirmed address, so that this is an additional one."""
    found: bool = EmailAddress.objects.filter(user=email_address.user, verified=True).exists()
    return found


def began_here(request: HttpRequest, user: User) -> bool:
    """Whether the sign-up, or the sign-in that waits for this address to be confirmed, began in this browser."""
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    return stage is not None and stage.login.user == user


def stop_token(user: User, address: str, told_at: datetime) -> str:
    """For the link that undoes changes, sent to an address of the account."""
    return signing.dumps([user.pk, address, told_at.isoformat()], salt=STOP)


def is_member(user: User) -> bool:
    """Whether the person already belongs to the active partnership."""
    found: bool = Membership.objects.active().filter(user=user).exists()
    return found
