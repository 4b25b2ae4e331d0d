"""The invitation that a calendar reads: an iCalendar file of one booking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from icalendar import Calendar, vCalAddress
from icalendar import Event as Entry

from bookings.models import Booking
from bookings.rules.states import AWAITS_APPROVAL, ONE_A_PERSON
from courses.documents import uid
from courses.models import Event, Session
from outbox.operations.queue_message import Attachment
from outbox.sender import site_url
from partnerships.models import Partnership, active_partnership

PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"


def booking_ics(
    booking: Booking,
    now: datetime,
    *,
    method: str = PUBLISH,
    sessions: Sequence[Session] | None = None,
) -> str:
    """One entry per session, under names that never change, so that a later file replaces an earlier one.

    ``REQUEST`` invites the delegate by email; ``CANCEL`` removes the entries from the calendar, or only those of
    ``sessions`` if the event goes on without them.
    """
    partnership = active_partnership()
    calendar = Calendar()
    calendar.add("prodid", "-//Partnership Training//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    sequence = sequence_of(booking, method if sessions is None else REQUEST)
    for session in booking.event.sessions.all() if sessions is None else sessions:
        calendar.add_component(entry_of(booking, session, partnership, now, method, sequence))
    text: str = calendar.to_ical().decode()
    return text


def entry_of(
    booking: Booking,
    session: Session,
    partnership: Partnership,
    now: datetime,
    method: str,
    sequence: int,
) -> Entry:
    """One session as a calendar entry."""
    event = booking.event
    entry = Entry()
    entry.add("uid", uid(partnership, event, session))
    entry.add("dtstamp", now)
    entry.add("sequence", sequence)
    entry.add("organizer", person(partnership.short_name, partnership.contact_email))
    if method != PUBLISH:
        user = booking.membership.user
        attendee = person(user.full_name, user.email)
        attendee.params["PARTSTAT"], attendee.params["RSVP"] = "ACCEPTED", "FALSE"
        entry.add("attendee", attendee)
    entry.add("dtstart", session.starts_at)
    entry.add("dtend", session.ends_at)
    entry.add("summary", event.course.title)
    entry.add("status", status_of(booking, method))
    entry.add("location", place_of(event))
    address = site_url(partnership) + booking.get_absolute_url()
    entry.add("url", address)
    entry.add("description", f"Booking {booking.reference}. {address}")
    return entry


def sequence_of(booking: Booking, method: str) -> int:
    """Rises with every change of the event, with a cancellation, and when the person books again."""
    others = Booking.objects.filter(event=booking.event, membership=booking.membership)
    earlier = others.filter(pk__lt=booking.pk).count()
    is_off = status_of(booking, method) == "CANCELLED"
    sequence: int = booking.event.revision + 2 * earlier + is_off
    return sequence


def status_of(booking: Booking, method: str) -> str:
    """Whether a calendar shows the place as confirmed."""
    if method == CANCEL or booking.state not in ONE_A_PERSON:
        return "CANCELLED"
    return "TENTATIVE" if booking.state in AWAITS_APPROVAL else "CONFIRMED"


def person(name: str, email: str) -> vCalAddress:
    """A person as a calendar entry names them."""
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = name
    return address


def place_of(event: Event) -> str:
    """Where to go. Without the joining link, because calendars are shared with others."""
    return "Online" if event.venue is None else event.venue.in_full


def attached(
    booking: Booking,
    now: datetime,
    *,
    method: str = REQUEST,
    sessions: Sequence[Session] | None = None,
) -> list[Attachment]:
    """The file as an attachment. A file for only some sessions is sent next to the file for the others."""
    return [
        {
            "name": f"{booking.reference}{'' if sessions is None else '-removed'}.ics",
            "type": f"text/calendar; method={method}",
            "content": booking_ics(booking, now, method=method, sessions=sessions),
        }
    ]
