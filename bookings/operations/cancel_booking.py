"""Give a place back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.emails.places import tell_cancelled
from bookings.models import Booking
from bookings.operations.locks import locked_booking
from bookings.operations.move import move
from bookings.operations.raise_charge import raise_charge
from bookings.operations.refused import Refused, refuse
from bookings.rules.notice import in_time
from bookings.rules.states import CAN_BE_CANCELLED, BookingState
from partnerships.models import Membership
from partnerships.operations.queue_message import cancel_messages
from partnerships.tasks import wake


@transaction.atomic
def cancel_booking(
    *,
    booking: Booking,
    by: Membership,
    received_at: datetime,
    entered_at: datetime,
    reason: str = "",
) -> Booking:
    """Cancel a booking as of the instant at which the message came, whenever it was typed in.

    In time, or not approved yet: nothing is owed. Late: the charge that the policy agreed at booking says.
    """
    booking = locked_booking(booking.pk)
    problem = cannot_cancel(booking, received_at, entered_at)
    if problem is not None:
        raise problem
    booking.cancel_received_at = received_at
    booking.cancel_entered_at = entered_at
    booking.cancel_reason = reason
    booking.held_until = None
    free = booking.state == BookingState.PENDING or in_time(received_at, booking.free_until)
    state = BookingState.CANCELLED if free else BookingState.LATE_CANCELLED
    move(booking, state, at=entered_at, by=by, why=reason)
    charge = None if free else raise_charge(booking=booking, at=entered_at)
    cancel_messages(about=booking.reference)
    tell_cancelled(booking, charge, entered_at)
    wake()
    return booking


def cannot_cancel(booking: Booking, received_at: datetime, entered_at: datetime) -> Refused | None:
    """Why a booking cannot be cancelled as of an instant; None where it can."""
    if booking.state not in CAN_BE_CANCELLED:
        label = BookingState(booking.state).label
        return refuse("is_over", f"This booking is already over: {label[0].lower()}{label[1:]}.")
    if received_at > entered_at:
        return refuse("in_the_future", "The message cannot have come after now.")
    if received_at < booking.booked_at:
        return refuse("before_booking", "The message cannot have come before the booking was made.")
    if received_at >= booking.event.starts_at:
        step = "The register says who came. Ask the training team if there was a good reason."
        return refuse("has_started", "The event had already started.", step)
    return None
