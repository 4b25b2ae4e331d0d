"""A person steps in if the outbox would not do the right thing by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from outbox.models import Message, MessageState
from outbox.steps.locks import locked_message


@transaction.atomic
def resend_message(*, message: Message, now: datetime) -> Message:
    """Send it once more, with a fresh set of attempts; a pending one goes out at once."""
    locked = locked_message(message)
    locked.state, locked.sent_at, locked.error = MessageState.PENDING, None, ""
    locked.attempts, locked.due_at = 0, now
    locked.save()
    return locked
