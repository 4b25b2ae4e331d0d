"""End the first booking once the colleague has the place."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import Booking
from bookings.rules.settlement import settled_by_substitution
from bookings.steps.settle import settle
from outbox.operations.cancel_messages import cancel_messages
from partnerships.models import Membership


@transaction.atomic(savepoint=False)  # part of the operation around it
def hand_over(*, booking: Booking, to: Booking, by: Membership | None, now: datetime) -> None:
    """End the first booking, now that the colleague has the place."""
    booking.cancel_received_at = booking.cancel_entered_at = now
    cancel_messages(about=booking.reference)
    settlement = settled_by_substitution(str(to.membership))
    settle(booking=booking, settlement=settlement, by=by, at=now)
