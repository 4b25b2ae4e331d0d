"""Write an email about someone's account, in the transaction of what it reports."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string

from govuk.text import one_line
from outbox.operations.queue_message import LONGEST_SUBJECT
from outbox.sender import frame_of
from partnerships.models import AccountMail, Partnership, User


@transaction.atomic
def queue_account_mail(
    *,
    kind: str,
    user: User | None,
    to_email: str,
    subject: str,
    body: str,
    asked_at: Partnership,
    now: datetime,
) -> AccountMail:
    """Queue the email to go out at once, because someone is waiting for it.

    ``kind`` names what it is about, ``asked_at`` is the partnership where it was requested.
    """
    context = {**frame_of(asked_at), "body": body, "subject": subject}
    return AccountMail.objects.create(
        kind=kind,
        user=user,
        from_name=asked_at.short_name,
        reply_to=asked_at.contact_email,
        to_email=to_email,
        subject=one_line(subject)[:LONGEST_SUBJECT],
        text=render_to_string("account/mail.txt", context),
        html=render_to_string("account/mail.html", context),
        queued_at=now,
        due_at=now,
    )
