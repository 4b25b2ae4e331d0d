"""Withdraw messages that have become wrong before they are sent."""

from __future__ import annotations

from django.db import transaction

from outbox.models import Message, MessageState


@transaction.atomic(savepoint=False)  # part of the operation around it: both fail together
def cancel_messages(*, about: str, key_prefix: str = "") -> int:
    """Withdraw the pending messages about something; returns how many."""
    pending = Message.objects.filter(about=about, state=MessageState.PENDING)
    if key_prefix:
        pending = pending.filter(key__startswith=key_prefix)
    return pending.update(state=MessageState.CANCELLED)  # type: ignore[no-any-return]
