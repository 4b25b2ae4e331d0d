"""A message that a person is dealing with."""

from __future__ import annotations

from outbox.models import Message


def locked_message(message: Message) -> Message:
    """The row as it is now, held against the sweep that sends."""
    locked: Message = Message.objects.select_for_update().get(pk=message.pk)
    return locked
