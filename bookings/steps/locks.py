"""Rows that operations lock while they decide: always the event first, so that none wait for each other."""

from __future__ import annotations

from datetime import datetime

from bookings.models import Booking
from bookings.models.booking import BookingQuerySet
from bookings.terms.desk import Desk, open_desk
from courses.models import Event
from outbox.sweeps import choose


def held_event_desk(desk: Desk | None, event: Event, now: datetime) -> Desk:
    """The desk that a page opened while it held the event's row; otherwise one opened behind the row's lock."""
    if desk is not None and desk.is_held and desk.event.pk == event.pk:
        return desk
    return open_desk(locked_event(event.pk), now, is_held=True)


def locked_event(event_id: int) -> Event:
    """The event as it is now. Anyone else who would change its places waits until this transaction ends."""
    rows = Event.objects.select_for_update(of=("self",)).select_related("course__group", "venue")
    event: Event = rows.get(pk=event_id)
    return event


def take_behind_event(rows: BookingQuerySet) -> Booking | None:
    """For a sweep: the first of the rows, with its event locked before it. None if another worker has just done it."""
    first = choose(rows)
    if first is None:
        return None
    locked_event(first.event_id)
    held: Booking | None = rows.filter(pk=first.pk).select_for_update(of=("self",)).first()
    return held


def locked_booking(booking_id: int) -> Booking:
    """The booking as it is now, locked, with what its emails and charges need."""
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
