"""The partnership cancels an event, and no one who is booked owes anything (W32)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from bookings.emails.places import tell_waiting_list_closed
from bookings.ledger import ledger
from bookings.models import Booking, Offer, WaitingListEntry
from bookings.rules.settlement import settled_by_the_partnership
from bookings.rules.states import BookingState, OfferState, WaitingState
from bookings.steps.locks import locked_event
from bookings.steps.settle import settle
from bookings.steps.weigh import weigh
from courses.models import Event
from courses.rules.states import EventState
from outbox.operations.cancel_messages import cancel_messages
from outbox.tasks import wake
from partnerships.models import Membership
from partnerships.rules.refused import refuse


@transaction.atomic
def cancel_event(*, event: Event, by: Membership, now: datetime, reason: str) -> Event:
    """Cancel an event that has not begun, and tell everyone affected."""
    event = locked_event(event.pk)
    if event.state == EventState.CANCELLED:
        raise refuse("event_cancelled", "This event has already been cancelled.")
    if event.state == EventState.COMPLETED or now >= event.starts_at:
        raise refuse("event_past", "This event has already started.", "Close its register instead.")
    event.state, event.cancelled_at, event.cancelled_reason = EventState.CANCELLED, now, reason
    event.save()
    close_waiting_list(event, now)
    for booking in bookings_to_end(event):
        booking.event = event
        cancel_messages(about=booking.reference)
        settle(booking=booking, settlement=settled_by_the_partnership(reason), by=by, at=now)
    ledger().waive_charges(
        event=event, reason="The partnership cancelled the event.", by=by, at=now
    )
    weigh(people=late_cancellers(event), now=now)
    wake()
    return event


def late_cancellers(event: Event) -> list[int]:
    """People who had cancelled late: as the event does not take place, that no longer counts against them."""
    rows = Booking.objects.filter(event=event, state=BookingState.LATE_CANCELLED)
    return list(rows.values_list("membership", flat=True))


def bookings_to_end(event: Event) -> list[Booking]:
    """Bookings that had not already ended. A late cancellation stays a late cancellation.

    Colleagues who were named for a place come first, or they would be declined when the place itself ends.
    """
    rows = Booking.objects.select_for_update(of=("self",)).filter(event=event).open()
    return list(
        rows.select_related("membership__user").order_by(F("replaces").asc(nulls_last=True), "pk")
    )


def close_waiting_list(event: Event, now: datetime) -> None:
    """End the waiting list and withdraw its offers."""
    for offer in Offer.objects.filter(event=event).open():
        offer.state, offer.answered_at = OfferState.WITHDRAWN, now
        offer.save()
    for entry in (
        WaitingListEntry.objects.filter(event=event).open().select_related("membership__user")
    ):
        entry.state = WaitingState.CLOSED
        entry.save()
        cancel_messages(about=f"waiting-{entry.pk}")
        tell_waiting_list_closed(entry, event, now)
