"""Cancel a booking."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bookings.access import may_say_when, why_not_cancel_it
from bookings.models import Booking
from bookings.rules.states import BookingState
from bookings.steps.locks import locked_booking, locked_event
from bookings.steps.settle import settle
from bookings.steps.weigh import weigh
from bookings.terms.settlements import cancelling, why_not_cancel
from outbox.operations.cancel_messages import cancel_messages
from outbox.tasks import wake
from partnerships.models import Membership
from partnerships.rules.reasons import Kind, Reason
from partnerships.rules.refused import Refused, check_shown

A_MOMENT = timedelta(minutes=5)  # a form is open for a while before it is sent


@transaction.atomic
def cancel_booking(
    *,
    booking: Booking,
    by: Membership,
    received_at: datetime,
    entered_at: datetime,
    reason: str = "",
    shown: str = "",
) -> Booking:
    """Cancel a booking as of the instant when the message arrived, whenever it was typed in.

    In time, or not approved yet: nothing is owed. Late: the charge that was agreed when the place was booked.
    ``shown`` names the consequence that the page showed. If it has changed since, nothing is done.
    """
    locked_event(booking.event_id)
    booking = locked_booking(booking.pk)
    problem = why_not_cancel(booking, received_at, entered_at)
    problem = problem or why_not_earlier(booking, by, received_at, entered_at, reason)
    problem = problem or why_not_cancel_it(by, booking, timezone.localdate(entered_at))
    if problem is not None:
        raise Refused(problem)
    settlement = cancelling(booking, received_at, why=reason)
    check_shown(shown, settlement.shown)
    booking.cancel_received_at = received_at
    booking.cancel_entered_at = entered_at
    booking.cancelled_start = booking.event.starts_at
    booking.cancel_reason = reason
    cancel_messages(about=booking.reference)
    settle(booking=booking, settlement=settlement, by=by, at=entered_at)
    if settlement.state is BookingState.LATE_CANCELLED:
        weigh(people=[booking.membership_id], now=entered_at)
    wake()
    return booking


def why_not_earlier(
    booking: Booking, by: Membership, received_at: datetime, entered_at: datetime, reason: str
) -> Reason | None:
    """Why a message cannot be entered as of an earlier instant; None if it can, or if it arrived now."""
    if entered_at - received_at < A_MOMENT:
        return None
    if not may_say_when(by, booking):
        sentence = "Only the training team can enter when a message arrived."
        return Reason(Kind.BLOCKS, "not_yours", sentence, "Ask them to cancel the place for you.")
    if not reason.strip():
        sentence = "Enter how the message arrived, because it arrived before now."
        return Reason(Kind.BLOCKS, "reason_missing", sentence)
    return None
