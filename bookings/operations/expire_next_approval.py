"""Release places that no one approved in time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import Booking
from bookings.operations.settle_approval import settle_approval
from bookings.steps.locks import take_behind_event


@transaction.atomic
def expire_next_approval(*, now: datetime) -> int:
    """Sweep: release one place that no one approved while it was held."""
    booking = take_behind_event(Booking.objects.unanswered(now).order_by("held_until", "pk"))
    if booking is None:
        return 0
    why = "No one approved the booking in time, so the place was released."
    settle_approval(booking=booking, approved=False, now=now, why=why)
    return 1
