"""A person steps in if the outbox would not do the right thing by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from outbox.models import Message, MessageState


@transaction.atomic
def resend_message(*, message: Message, now: datetime) -> Message:
    """Send it once more, with a fresh set of attempts; a pending one goes out at once."""
    locked = lock(message)
    locked.state, locked.sent_at, locked.error = MessageState.PENDING, None, ""
    locked.attempts, locked.due_at = 0, now
    locked.save()
    return locked


def lock(message: Message) -> Message:
    """The row as it is now, held against the sweep that sends."""
    locked: Message = Message.objects.select_for_update().get(pk=message.pk)
    return locked
