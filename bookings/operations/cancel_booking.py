"""Give a place back."""

from __future__ import annotations

from datetime import datetime, timedelta

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
from partnerships.rules.roles import Permission
from partnerships.tasks import wake

A_MOMENT = timedelta(minutes=5)  # a form is open for a while before it is sent


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
    problem = problem or cannot_say_when(booking, by, received_at, entered_at, reason)
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


def may_say_when(by: Membership, booking: Booking) -> bool:
    """Whether somebody may enter that a message came earlier: it decides about money, so the training team only,
    and not for their own places."""
    return by.may(Permission.RUN_TRAINING) and by.pk != booking.membership_id


def cannot_say_when(
    booking: Booking, by: Membership, received_at: datetime, entered_at: datetime, reason: str
) -> Refused | None:
    """Why a message cannot be entered as of an earlier instant; None where it can, or is of now."""
    if entered_at - received_at < A_MOMENT:
        return None
    if not may_say_when(by, booking):
        step = "Ask them to cancel the place for you."
        return refuse("not_yours", "Only the training team can enter when a message came.", step)
    if not reason.strip():
        return refuse("reason_missing", "Enter how the message came, as it came before now.")
    return None


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
