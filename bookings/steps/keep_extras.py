"""Keep a booking's extra costs in step with their rows."""

from __future__ import annotations

from bookings.models import Booking, ExtraCost
from bookings.rules.extras import extra_cost_reason
from bookings.rules.states import BookingState
from bookings.steps.locks import locked_booking, locked_event
from partnerships.rules.refused import Refused


def booking_with_open_extras(booking: Booking) -> Booking:
    """The booking, locked behind its event; refused once its costs have been worked out."""
    locked_event(booking.event_id)
    locked = locked_booking(booking.pk)
    reason = extra_cost_reason(BookingState(locked.state))
    if reason is not None:
        raise Refused(reason)
    return locked


def keep_extras(booking: Booking) -> None:
    """Write those that stand on the booking, as the fees read them."""
    rows = ExtraCost.objects.filter(booking=booking).standing()
    booking.extras = [[one.description, str(one.amount)] for one in rows]
    booking.save(update_fields=["extras"])
