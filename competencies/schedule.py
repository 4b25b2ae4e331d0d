"""What the clock starts in this app."""

from competencies.operations.remind_renewals import remind_renewals
from outbox.sweeps import Sweep

SWEEPS: tuple[Sweep, ...] = (Sweep("renewal reminders written", remind_renewals),)
