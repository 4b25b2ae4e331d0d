"""Read-only queries across this app's models, one subject per file."""

from courses.reports.catalogue import next_events

__all__ = ["next_events"]
