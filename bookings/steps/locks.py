"""Rows that operations hold while they decide. Always the event first, so that no two wait for each other."""

from __future__ import annotations

from datetime import datetime

from bookings.models import Booking
from bookings.models.booking import BookingQuerySet
from bookings.terms.desk import Desk, open_desk
from courses.models import Event
from outbox.sweeps import choose


def held_event_desk(desk: Desk | None, event: Event, now: datetime) -> Desk:
    """The desk of a page that held the event's row while it opened it, or else one opened behind the row's lock."""
    if desk is not None and desk.is_held and desk.event.pk == event.pk:
        return desk
    return open_desk(locked_event(event.pk), now, is_held=True)


def locked_event(event_id: int) -> Event:
    """The event as it is now; whoever else would change its places waits until this transaction ends."""
    rows = Event.objects.select_for_update(of=("self",)).select_related("course__group", "venue")
    event: Event = rows.get(pk=event_id)
    return event


def take_behind_event(rows: BookingQuerySet) -> Booking | None:
    """For a sweep: the first of the rows, its event held before it. None where another worker has just done it."""
    first = choose(rows)
    if first is None:
        return None
    locked_event(first.event_id)
    held: Booking | None = rows.filter(pk=first.pk).select_for_update(of=("self",)).first()
    return held


def locked_booking(booking_id: int) -> Booking:
    """The booking as it is now, with what its mails and charges need."""
    rows = Booking.objects.select_for_update(of=("self",)).select_related(
        "event__course__group",
        "event__venue",
        "membership__user",
        "booked_by__user",
        "employment",
        "agency",
        "policy",
        "group",
    )
    booking: Booking = rows.get(pk=booking_id)
    return booking
