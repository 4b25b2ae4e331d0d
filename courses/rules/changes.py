"""What people who are coming must be told when an event is changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from hashlib import sha256

from courses.rules.when import Times, when_wording


@dataclass(frozen=True)
class Known:
    """What people have to know about an event to take part."""

    times: tuple[Times, ...]
    way: str
    venue: str  # with its address
    getting_in: str
    joining_link: str
    joining_notes: str


@dataclass(frozen=True)
class EventChange:
    """One thing that has changed; empty words mean that there was, or is, nothing.

    ``private`` is for people who have a place only.
    """

    label: str
    before: str
    after: str
    private: bool = False

    def __str__(self) -> str:
        return f"{self.label}: {self.before or 'none'} → {self.after or 'none'}"


def what_changed(before: Known, after: Known, tz: tzinfo) -> tuple[EventChange, ...]:
    """The differences, in the order in which people plan their day; empty if there is nothing to tell."""
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
    """What people on the waiting list are told. How to join online is only for people who have a place."""
    return tuple(change for change in changes if not change.private)


def mark_of(changes: Iterable[EventChange], besides: str = "") -> str:
    """Stands for exactly these changes and what else was shown, so that agreeing to them agrees to nothing else."""
    return sha256("\n".join([*map(str, changes), besides]).encode()).hexdigest()[:20]
