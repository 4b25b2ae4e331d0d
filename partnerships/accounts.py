"""How allauth behaves inside a partnership."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.utils import timezone

from partnerships.operations.queue_message import queue_message
from partnerships.tenancy import active_partnership_id


class AccountAdapter(DefaultAccountAdapter):
    """Mails about accounts go through the partnership's outbox; addresses are kept in lower case."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail. Outside a partnership there is no outbox, and allauth sends it itself."""
        if active_partnership_id() is None:
            super().send_mail(template_prefix, email, context)
            return
        now = timezone.now()
        mail = self.render_mail(template_prefix, email, context)
        kind = template_prefix.rsplit("/", 1)[-1]
        queue_message(
            key=f"account:{kind}:{email}:{now.timestamp()}",
            why="Somebody signed up, signed in or asked for a new password.",
            to_email=email,
            to_name="",
            subject=mail.subject,
            template="account/mail",
            context={"body": str(mail.body)},
            due_at=now,
        )

    def clean_email(self, email: str) -> str:
        cleaned: str = super().clean_email(email)
        return cleaned.lower()

    def save_user(self, request: Any, user: Any, form: Any, commit: bool = True) -> Any:
        user.full_name = form.cleaned_data.get("full_name", "").strip()
        return super().save_user(request, user, form, commit=commit)
