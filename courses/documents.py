"""Events as iCalendar files (RFC 5545), for feeds that calendars subscribe to and for single downloads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import icalendar

from courses.models import Event, Session
from courses.rules.states import Delivery, EventState
from partnerships.models import Partnership

MAKER = "-//Partnership Training//Events//EN"
ASK_AGAIN_AFTER = timedelta(hours=6)


@dataclass(frozen=True)
class Feed:
    """What all entries of one file share. ``site`` begins absolute addresses: https://example.org."""

    partnership: Partnership
    site: str
    made_at: datetime

    def calendar(self, events: Iterable[Event]) -> bytes:
        """The file. Events come with course, venue and sessions loaded."""
        made = icalendar.Calendar()
        made.add("prodid", MAKER)
        made.add("version", "2.0")
        made.add("method", "PUBLISH")
        made.add("x-wr-calname", f"Training, {self.partnership.short_name}")
        made.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
        made.add("x-published-ttl", "PT6H")
        for event in events:
            for session in event.sessions.all():
                made.add_component(self.entry(event, session))
        content: bytes = made.to_ical()
        return content

    def entry(self, event: Event, session: Session) -> icalendar.Event:
        """One sitting. Instants are in UTC, so that no calendar has to know our time zone."""
        made = icalendar.Event()
        made.add("uid", uid(self.partnership, event, session))
        made.add("dtstamp", self.made_at.astimezone(UTC))
        made.add("dtstart", session.starts_at.astimezone(UTC))
        made.add("dtend", session.ends_at.astimezone(UTC))
        made.add("sequence", sequence(event))
        cancelled = event.state == EventState.CANCELLED
        made.add("status", "CANCELLED" if cancelled else "CONFIRMED")
        made.add("summary", f"Cancelled: {event.course.title}" if cancelled else event.course.title)
        made.add("location", location(event))
        address = f"{self.site}{event.get_absolute_url()}"
        made.add("url", address)
        parts = (event.course.aims, "" if cancelled else event.book_by_words, address)
        made.add("description", "\n\n".join(part for part in parts if part))
        return made


def uid(partnership: Partnership, event: Event, session: Session) -> str:
    """Never changes, so that a newer copy replaces the older one."""
    return f"{event.reference}-{session.position}@{partnership.slug}.partnership-training"


def sequence(event: Event) -> int:
    """Rises with every change; a cancellation is one more."""
    return event.revision + (event.state == EventState.CANCELLED)


def location(event: Event) -> str:
    """The venue in one line, or how people take part."""
    if event.venue is None:
        return Delivery(event.delivery).label
    address: str = event.venue.in_full
    return address
