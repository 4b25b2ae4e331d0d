"""Withdraw a message that has not been sent."""

from __future__ import annotations

from django.db import transaction

from outbox.models import Message, MessageState
from outbox.steps.locks import locked_message


class NotPossible(Exception):
    """The message is in a state in which this cannot be done."""


@transaction.atomic
def cancel_message(*, message: Message) -> Message:
    """Withdraw it. What has been sent cannot be taken back."""
    locked = locked_message(message)
    if locked.state not in {MessageState.PENDING, MessageState.FAILED}:
        raise NotPossible
    locked.state = MessageState.CANCELLED
    locked.save()
    return locked
