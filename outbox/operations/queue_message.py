"""Write an email to the outbox, in the transaction of the effect that it reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NotRequired, TypedDict

from django.db import transaction
from django.template.loader import render_to_string

from govuk.text import one_line
from outbox.models import Message
from outbox.sender import active_sender, frame_of

LONGEST_SUBJECT = 300


class Attachment(TypedDict):
    """A small attachment: text such as an invitation, or ``base64`` such as a PDF."""

    name: str
    type: str
    content: str
    encoding: NotRequired[str]


@dataclass(frozen=True)
class Mail:
    """An email as it is composed.

    ``key`` says what it is for, ``why`` the same in a sentence, ``about`` is the reference of what it is about.
    ``template`` names a pair ``<template>.txt`` and ``<template>.html``. Links in them start with ``site_url``.
    """

    key: str
    why: str
    to_email: str
    to_name: str
    subject: str
    template: str
    context: Mapping[str, object]
    about: str = ""
    attachments: Sequence[Attachment] = ()


@transaction.atomic(savepoint=False)  # part of the operation around it: both fail together
def queue_message(*, mail: Mail, due_at: datetime) -> None:
    """Queue one message, once per key: a second call with the same key changes nothing."""
    frame = frame_of(active_sender()) | {"to_name": mail.to_name, "subject": mail.subject}
    context = {**frame, **mail.context}
    message = Message(
        key=mail.key,
        why=mail.why,
        about=mail.about,
        to_email=mail.to_email,
        to_name=one_line(mail.to_name),
        subject=one_line(mail.subject)[:LONGEST_SUBJECT],
        text=render_to_string(f"{mail.template}.txt", context),
        html=render_to_string(f"{mail.template}.html", context),
        attachments=list(mail.attachments),
        due_at=due_at,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
