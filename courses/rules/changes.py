"""What people who are coming must be told when an event is changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from hashlib import sha256

from courses.rules.when import Times, when_wording


@dataclass(frozen=True)
class Known:
    """What somebody has to know of an event to take part in it."""

    times: tuple[Times, ...]
    way: str
    venue: str  # with its address
    getting_in: str
    joining_link: str
    joining_notes: str


@dataclass(frozen=True)
class EventChange:
    """One thing that is another one now; empty words mean that there was, or is, nothing.

    ``private`` is what only those who hold a place may read.
    """

    label: str
    before: str
    after: str
    private: bool = False

    def __str__(self) -> str:
        return f"{self.label}: {self.before or 'none'} → {self.after or 'none'}"


def what_changed(before: Known, after: Known, tz: tzinfo) -> tuple[EventChange, ...]:
    """The differences, in the order in which people plan their day; empty where there is nothing to tell."""
    found = (
        EventChange("When", when_wording(before.times, tz), when_wording(after.times, tz)),
        EventChange("How it is delivered", before.way, after.way),
        EventChange("Venue", before.venue, after.venue),
        EventChange("Getting in and around", before.getting_in, after.getting_in),
        EventChange("Joining link", before.joining_link, after.joining_link, private=True),
        EventChange("Joining notes", before.joining_notes, after.joining_notes, private=True),
    )
    return tuple(change for change in found if change.before != change.after)


def for_those_without_a_place(changes: Iterable[EventChange]) -> tuple[EventChange, ...]:
    """What somebody on the waiting list is told: how to join online is for those who hold a place."""
    return tuple(change for change in changes if not change.private)


def mark_of(changes: Iterable[EventChange], besides: str = "") -> str:
    """Stands for just these changes and what was said besides, so that agreeing to them agrees to nothing else."""
    return sha256("\n".join([*map(str, changes), besides]).encode()).hexdigest()[:20]
