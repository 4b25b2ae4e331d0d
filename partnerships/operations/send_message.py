"""Send what the outbox owes, one mail a transaction."""

from __future__ import annotations

import logging
from base64 import b64decode
from datetime import datetime, timedelta
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from govuk.addresses import ascii_address
from govuk.text import one_line
from partnerships.models import Agency, Membership, Message, MessageState, User
from partnerships.operations.queue_message import Attachment
from partnerships.rules.retrying import fault_in_words, pause_after
from partnerships.sweeps import take
from partnerships.tenancy.scope import active_partnership

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(minutes=10)


@transaction.atomic
def send_next_message(now: datetime) -> int:
    """Send the message that has been due longest; 0 when none is due.

    The row stays locked while the mail goes out, so no second worker sends it. A worker killed in between
    leaves it pending; the mail then goes out again under the same Message-ID, by which mail programs know it.
    """
    message = take(Message.objects.due(now).order_by("due_at", "id"))
    if message is None:
        return 0
    closed = why_withdrawn(message)
    if closed:
        message.state, message.error = MessageState.CANCELLED, closed
        message.save()
        return 1
    message.attempts += 1
    try:
        as_mail(message).send()
    except Exception as error:  # of a server, or of a text that cannot be made a mail: others go on
        postpone(message, now, error)
    else:
        message.state, message.sent_at, message.error = MessageState.SENT, now, ""
    message.save()
    return 1


def postpone(message: Message, now: datetime, error: Exception) -> None:
    """Try again later, each time twice as late; give up for a person to see after some attempts."""
    message.error = fault_in_words(error)
    if message.attempts >= settings.MESSAGE_ATTEMPTS:
        message.state = MessageState.FAILED
    else:
        message.due_at = now + pause_after(message.attempts, FIRST_PAUSE)
    logger.warning("Message %s could not be sent: %s", message.pk, message.error)


def why_withdrawn(message: Message) -> str:
    """Why the person must not be written to any more, in a sentence; empty where they may.

    What is sent to an agency's own mailbox goes on, even where somebody used it to sign in.
    """
    person = User.objects.filter(email=message.to_email.lower()).first()
    if person is None or Agency.objects.filter(finance_email__iexact=message.to_email).exists():
        return ""
    if not person.is_active:
        return "Not sent: this person's account is closed."
    if Membership.objects.filter(user=person, is_active=False).exists():
        return "Not sent: this person's access to the partnership is closed."
    return ""


def as_mail(message: Message) -> EmailMultiAlternatives:
    """The mail as it goes out; answers go to the partnership's office."""
    partnership = active_partnership()
    mail = EmailMultiAlternatives(
        subject=one_line(message.subject),
        body=message.text,
        from_email=mailbox(partnership.short_name, settings.DEFAULT_FROM_EMAIL),
        to=[mailbox(message.to_name, message.to_email)],
        reply_to=[partnership.contact_email],
        headers={"Message-ID": f"<{partnership.slug}.{message.pk}@{mail_domain()}>"},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    for attachment in message.attachments:
        mail.attach(attachment["name"], content_of(attachment), attachment["type"])
    return mail


def mailbox(name: str, address: str) -> str:
    """A name and an address as they stand in the head of a mail."""
    return formataddr((one_line(name), ascii_address(address)))


def content_of(attachment: Attachment) -> str | bytes:
    """Text as it is; bytes where the outbox keeps them as base64."""
    if attachment.get("encoding") == "base64":
        return b64decode(attachment["content"])
    return attachment["content"]


def mail_domain() -> str:
    """The domain that mails come from."""
    return settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">")
