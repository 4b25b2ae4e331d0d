"""Give a place back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import Booking
from bookings.operations.locks import locked_booking
from bookings.operations.refused import Refused
from bookings.operations.settle import settle
from bookings.reports.settlements import cancelling, why_not_cancel
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

    In time, or not approved yet: nothing is owed. Late: the charge that was agreed when the place was booked.
    """
    booking = locked_booking(booking.pk)
    problem = why_not_cancel(booking, received_at, entered_at)
    if problem is not None:
        raise Refused(problem)
    settlement = cancelling(booking, received_at, why=reason)
    booking.cancel_received_at = received_at
    booking.cancel_entered_at = entered_at
    booking.cancel_reason = reason
    cancel_messages(about=booking.reference)
    settle(booking=booking, settlement=settlement, by=by, at=entered_at)
    wake()
    return booking
