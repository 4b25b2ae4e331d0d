"""What is to be sent, and what could not be done."""

from outbox.models.message import Message, MessageState
from outbox.models.set_aside import SetAside

__all__ = ["Message", "MessageState", "SetAside"]
