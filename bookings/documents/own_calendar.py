"""Someone's own bookings as one iCalendar file, for programs that read it again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from icalendar import Calendar

from bookings.documents.calendars import PUBLISH, entry_of, status_of
from bookings.models import Booking
from courses.documents import ASK_AGAIN_AFTER
from partnerships.models import active_partnership


def own_calendar(bookings: Iterable[Booking], now: datetime) -> bytes:
    """One entry for each session, under the names that invitations use, so that no calendar shows it twice.

    Places that were given up stay in as cancelled, because many calendars only remove what they are told to. Bookings
    come oldest first: of two for the same event the later one counts, with a higher sequence number.
    """
    partnership = active_partnership()
    calendar = Calendar()
    calendar.add("prodid", "-//Partnership Training//EN")
    calendar.add("version", "2.0")
    calendar.add("method", PUBLISH)
    calendar.add("x-wr-calname", f"My training, {partnership.short_name}")
    calendar.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    earlier: Counter[int] = Counter()
    latest: dict[int, tuple[Booking, int]] = {}
    for booking in bookings:
        latest[booking.event_id] = (booking, earlier[booking.event_id])
        earlier[booking.event_id] += 1
    for booking, before in latest.values():
        is_off = status_of(booking, PUBLISH) == "CANCELLED"
        sequence = booking.event.revision + 2 * before + is_off
        for session in booking.event.sessions.all():
            calendar.add_component(entry_of(booking, session, partnership, now, PUBLISH, sequence))
    content: bytes = calendar.to_ical()
    return content
