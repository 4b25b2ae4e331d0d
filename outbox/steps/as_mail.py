"""From a row of the outbox to an email."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from govuk.text import one_line
from outbox.models import Message
from outbox.sender import active_sender, mail_domain, mailbox


def as_mail(message: Message) -> EmailMultiAlternatives:
    """The email as it goes out. Replies go to the partnership's office."""
    sender = active_sender()
    mail = EmailMultiAlternatives(
        subject=one_line(message.subject),
        body=message.text,
        from_email=mailbox(sender.short_name, settings.DEFAULT_FROM_EMAIL),
        to=[mailbox(message.to_name, message.to_email)],
        reply_to=[sender.contact_email],
        headers={"Message-ID": f"<{sender.slug}.{message.pk}@{mail_domain()}>"},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    for attachment in message.attachments:
        mail.attach(attachment["name"], content_of(attachment), attachment["type"])
    return mail


def content_of(attachment: Mapping[str, str]) -> str | bytes:
    """Text as it is; bytes if the outbox keeps them as base64."""
    if attachment.get("encoding") == "base64":
        return b64decode(attachment["content"])
    return attachment["content"]
