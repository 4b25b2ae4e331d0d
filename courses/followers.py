"""Who is affected by an event outside this app. Later apps say so, and config lists them for the admin."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from courses.models import Event
from courses.rules.changes import EventChange, Known
from courses.rules.when import Times


class Concerned(Protocol):
    """Says in words who is affected by these changes to events that are not over; empty if no one."""

    def __call__(
        self, events: Collection[Event], changes: tuple[EventChange, ...], *, now: datetime
    ) -> str: ...


class Taken(Protocol):
    """Says in words how many places are taken, if more than this; otherwise empty."""

    def __call__(self, event: Event, capacity: int) -> str: ...


class Marked(Protocol):
    """The sessions, by start and end, with marks in a register: they cannot change."""

    def __call__(self, event: Event) -> frozenset[Times]: ...


class Saved(Protocol):
    """Brings up to date what an app keeps with an event, after the event was saved and before it is published."""

    def __call__(self, *, event: Event, now: datetime) -> object: ...


class Tell(Protocol):
    """Tells them what has changed; ``before`` is what they knew."""

    def __call__(self, *, event: Event, before: Known, now: datetime) -> None: ...


@dataclass(frozen=True)
class Follower:
    """One app's people, and the way to tell them."""

    concerned: Concerned
    taken: Taken
    marked: Marked
    tell: Tell
    saved: Saved
