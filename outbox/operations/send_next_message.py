"""Send what is due in the outbox, one email per transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from outbox.models import Message, MessageState
from outbox.rules.retrying import fault_in_words, pause_after
from outbox.steps.as_mail import as_mail
from outbox.sweeps import take

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(minutes=10)


@transaction.atomic
def send_next_message(*, now: datetime) -> int:
    """Send the message that has been due longest; 0 when none is due.

    The row stays locked while the email goes out, so no second worker sends it. A worker killed in between
    leaves it pending; the email then goes out again with the same Message-ID, so mail programs recognise it.
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
    except (
        Exception
    ) as error:  # from a server, or from text that cannot become an email: the others go on
        postpone(message, now, error)
    else:
        message.state, message.sent_at, message.error = MessageState.SENT, now, ""
    message.save()
    return 1


def postpone(message: Message, now: datetime, error: Exception) -> None:
    """Try again later, doubling the wait each time. After some attempts, give up and leave it to a person."""
    message.error = fault_in_words(error)
    if message.attempts >= settings.MESSAGE_ATTEMPTS:
        message.state = MessageState.FAILED
    else:
        message.due_at = now + pause_after(message.attempts, FIRST_PAUSE)
    logger.warning("Message %s could not be sent: %s", message.pk, message.error)


def why_withdrawn(message: Message) -> str:
    """Why we may no longer write to this address, in a sentence; empty if we may. The site knows its people."""
    object_to: Callable[[str], str] = import_string(settings.MESSAGE_OBJECTION)
    return object_to(message.to_email)
