"""Write a mail to the outbox, in the transaction of the effect that it tells of."""

from __future__ import annotations

from datetime import datetime
from typing import NotRequired, TypedDict

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from govuk.text import one_line
from partnerships.models import Message, MessageState, Partnership
from partnerships.tenancy.scope import active_partnership

LONGEST_SUBJECT = 300


class Attachment(TypedDict):
    """A small file that goes with a mail: text such as an invitation, or ``base64`` such as a PDF."""

    name: str
    type: str
    content: str
    encoding: NotRequired[str]


def queue_message(
    *,
    key: str,
    why: str,
    to_email: str,
    to_name: str,
    subject: str,
    template: str,
    context: dict[str, object],
    due_at: datetime,
    about: str = "",
    attachments: list[Attachment] | None = None,
) -> None:
    """Queue one message, once a ``key``: a second call with the same key changes nothing.

    ``template`` names a pair ``<template>.txt`` and ``<template>.html``. Links in them start with ``site_url``.
    """
    full = {**frame_of(active_partnership()), "to_name": to_name, "subject": subject, **context}
    message = Message(
        key=key,
        why=why,
        about=about,
        to_email=to_email,
        to_name=one_line(to_name),
        subject=one_line(subject)[:LONGEST_SUBJECT],
        text=render_to_string(f"{template}.txt", full),
        html=render_to_string(f"{template}.html", full),
        attachments=attachments or [],
        due_at=due_at,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)


def frame_of(partnership: Partnership) -> dict[str, object]:
    """What the head and foot of each of its mails say."""
    return {
        "partnership": partnership,
        "site_name": partnership.name,
        "site_url": site_url(partnership),
        "home_url": site_url(partnership) + reverse("home"),
        "brand_colour": partnership.brand_colour,
        "footer_text": f"{partnership.name}, {partnership.contact_email}",
    }


def site_url(partnership: Partnership) -> str:
    """Scheme and host that links in mails start with, without a slash at the end."""
    if partnership.host:
        return f"https://{partnership.host}"
    return settings.SITE_URL.rstrip("/")


def cancel_messages(*, about: str, key_prefix: str = "") -> int:
    """Withdraw the pending messages about something; tells how many."""
    pending = Message.objects.filter(about=about, state=MessageState.PENDING)
    if key_prefix:
        pending = pending.filter(key__startswith=key_prefix)
    return pending.update(state=MessageState.CANCELLED)  # type: ignore[no-any-return]
