"""Rows that operations hold while they decide. Always the event first, so that no two wait for each other."""

from __future__ import annotations

from bookings.models import Booking
from courses.models import Event


def locked_event(event_id: int) -> Event:
    """The event as it is now; whoever else would change its places waits until this transaction ends."""
    rows = Event.objects.select_for_update(of=("self",)).select_related("course__group", "venue")
    event: Event = rows.get(pk=event_id)
    return event


def hold_event(event_id: int) -> None:
    """The same hold, for an operation around one that reads the event."""
    Event.objects.select_for_update().values_list("pk").get(pk=event_id)


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
    )
    booking: Booking = rows.get(pk=booking_id)
    return booking
