"""What the clock starts in this app."""

from outbox.operations.send_next_message import send_next_message
from outbox.sweeps import Sweep

SWEEPS: tuple[Sweep, ...] = (Sweep("messages sent", send_next_message, batch=True),)
