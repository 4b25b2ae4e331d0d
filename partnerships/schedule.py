"""What the clock starts in this app."""

from partnerships.operations.send_message import send_next_message
from partnerships.sweeps import Sweep

SWEEPS: tuple[Sweep, ...] = (Sweep("messages sent", send_next_message, batch=True),)
