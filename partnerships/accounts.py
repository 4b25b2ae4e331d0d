"""How allauth behaves inside a partnership."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from govuk.addresses import validate_deliverable
from partnerships.models import Membership, User
from partnerships.operations.queue_account_mail import queue_account_mail
from partnerships.tasks import wake
from partnerships.tenancy import active_partnership_id
from partnerships.tenancy.scope import active_partnership


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
        target = response.get("Location", "")
        if active_partnership_id() is None or is_member(user):
            return response
        onwards = "" if target == reverse("after_sign_in") else f"?{urlencode({'next': target})}"
        return redirect(f"{reverse('join')}{onwards}")


def is_member(user: User) -> bool:
    """Whether the person belongs to the active partnership already."""
    found: bool = Membership.objects.active().filter(user=user).exists()
    return found
