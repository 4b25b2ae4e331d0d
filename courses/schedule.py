"""What the clock starts in this app."""

from partnerships.sweeps import Sweep

SWEEPS: tuple[Sweep, ...] = ()
