"""How allauth behaves inside a partnership."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Membership, User
from partnerships.models.message import ACCOUNT_KEY
from partnerships.operations.queue_message import queue_message
from partnerships.tasks import wake
from partnerships.tenancy import active_partnership_id
from partnerships.tenancy.scope import active_partnership

LONGEST_ADDRESS = 254  # what an envelope can hold (RFC 5321)


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
    """Mails about accounts go through the partnership's outbox; addresses are kept in lower case."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail, to go out at once: somebody waits for it.

        Outside a partnership there is no outbox, and allauth sends it itself.
        """
        if active_partnership_id() is None:
            super().send_mail(template_prefix, email, context)
            return
        now = timezone.now()
        partnership = active_partnership()
        named = {"partnership": partnership, "site_name": partnership.name, "email": email}
        mail = self.render_mail(template_prefix, email, named | context)
        kind = template_prefix.rsplit("/", 1)[-1]
        queue_message(
            key=f"{ACCOUNT_KEY}{kind}:{now.timestamp()}:{email}"[:200],
            why="Somebody signed up, signed in or changed something about their account.",
            to_email=email,
            to_name="",
            subject=mail.subject,
            template="account/mail",
            context={"body": str(mail.body)},
            due_at=now,
        )
        wake()

    def clean_email(self, email: str) -> str:
        """One person, one account, however the address is typed. Too long a one would be cut off silently."""
        cleaned: str = super().clean_email(email)
        if len(cleaned) > LONGEST_ADDRESS:
            raise ValidationError(f"Email must be {LONGEST_ADDRESS} characters or fewer")
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
