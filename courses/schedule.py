"""What the clock starts in this app."""

from outbox.sweeps import Sweep

SWEEPS: tuple[Sweep, ...] = ()
