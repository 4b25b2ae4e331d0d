"""How allauth behaves inside a partnership."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from govuk.addresses import validate_deliverable
from partnerships.models import Membership, User
from partnerships.operations.queue_account_mail import queue_account_mail
from partnerships.tasks import wake
from partnerships.tenancy import active_partnership_id
from partnerships.tenancy.scope import active_partnership
from partnerships.throttles import MARK, Attempt, mark_browser, new_mark, owner_of


class SignInBackend(AuthenticationBackend):
    """Knows the person of a session. Nearly every page asks for their membership next, so both are read at once."""

    def get_user(self, user_id: Any) -> Any:
        here = None
        if active_partnership_id() is not None:
            rows = Membership.objects.active().filter(user=user_id).select_related("user")
            here = next(iter(rows.order_by()), None)  # at most one
        if here is None:
            return super().get_user(user_id)
        here.user.here = here
        return here.user


class AccountAdapter(DefaultAccountAdapter):
    """Mails about accounts go through an outbox of their own; addresses are kept in lower case."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": (
            "Too many wrong passwords were tried. Wait five minutes and try again, or select "
            "“Forgot your password?”: with the link that we send you can sign in at once."
        ),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail, in the name of the partnership at whose address it was asked for."""
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

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try against what guards the account; refuse it where a limit is reached."""
        self.attempt = Attempt(request, credentials.get("email", ""))
        if not self.attempt.count():
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """The password was right; allauth calls it so."""
        self.attempt.take_back()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """A new password was set by the mailed link in this browser, so what others guess need not concern it."""
        owner = owner_of(credentials.get("email", ""))
        if owner is not None:
            request.session[MARK] = new_mark(owner)

    def clean_email(self, email: str) -> str:
        """One person, one account, however the address is typed; and only one that a mail can be sent to."""
        cleaned: str = super().clean_email(email)
        validate_deliverable(cleaned)
        return cleaned.lower()

    def save_user(self, request: Any, user: Any, form: Any, commit: bool = True) -> Any:
        """The sign-up form's name goes with the user."""
        user.full_name = form.cleaned_data.get("full_name", "").strip()
        return super().save_user(request, user, form, commit=commit)

    def post_login(self, request: Any, user: User, **kwargs: Any) -> HttpResponse:
        """Somebody new here says first where they work, then goes where they were going."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        mark_browser(response, user.pk)
        target = response.get("Location", "")
        if active_partnership_id() is None or is_member(user):
            return response
        onwards = "" if target == reverse("after_sign_in") else f"?{urlencode({'next': target})}"
        return redirect(f"{reverse('join')}{onwards}")


def is_member(user: User) -> bool:
    """Whether the person belongs to the active partnership already."""
    found: bool = Membership.objects.active().filter(user=user).exists()
    return found
