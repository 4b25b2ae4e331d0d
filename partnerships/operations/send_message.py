"""Send what the outbox owes, one mail a transaction."""

from __future__ import annotations

import logging
from base64 import b64decode
from datetime import datetime, timedelta
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from partnerships.models import Message, MessageState
from partnerships.operations.queue_message import Attachment
from partnerships.tenancy.scope import active_partnership

logger = logging.getLogger(__name__)


@transaction.atomic
def send_next_message(now: datetime) -> int:
    """Send the message that has been due longest; 0 when none is due.

    The row stays locked while the mail goes out, so no second worker sends it. A worker killed in between
    leaves it pending; the mail then goes out again under the same Message-ID, by which mail programs know it.
    """
    message = (
        Message.objects.select_for_update(skip_locked=True)
        .due(now)
        .order_by("due_at", "id")
        .first()
    )
    if message is None:
        return 0
    message.attempts += 1
    try:
        as_mail(message).send()
    except OSError as error:
        postpone(message, now, error)
    else:
        message.state, message.sent_at, message.error = MessageState.SENT, now, ""
    message.save()
    return 1


def postpone(message: Message, now: datetime, error: Exception) -> None:
    """Try again later, each time twice as late; give up for a person to see after some attempts."""
    message.error = f"{type(error).__name__}: {error}"[:1000]
    if message.attempts >= settings.MESSAGE_ATTEMPTS:
        message.state = MessageState.FAILED
    else:
        message.due_at = now + timedelta(minutes=5 * 2**message.attempts)
    logger.warning("Message %s could not be sent: %s", message.pk, message.error)


def as_mail(message: Message) -> EmailMultiAlternatives:
    """The mail as it goes out; answers go to the partnership's office."""
    partnership = active_partnership()
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=formataddr((partnership.short_name, settings.DEFAULT_FROM_EMAIL)),
        to=[formataddr((message.to_name, message.to_email))],
        reply_to=[partnership.contact_email],
        headers={"Message-ID": f"<{partnership.slug}.{message.pk}@{mail_domain()}>"},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    for attachment in message.attachments:
        mail.attach(attachment["name"], content_of(attachment), attachment["type"])
    return mail


def content_of(attachment: Attachment) -> str | bytes:
    """Text as it is; bytes where the outbox keeps them as base64."""
    if attachment.get("encoding") == "base64":
        return b64decode(attachment["content"])
    return attachment["content"]


def mail_domain() -> str:
    """The domain that mails come from."""
    return settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">")
