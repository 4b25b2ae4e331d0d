"""Nobody agreed while the place was held."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import Booking
from bookings.operations.settle_approval import settle_approval
from bookings.steps.locks import take_behind_event


@transaction.atomic
def expire_next_approval(*, now: datetime) -> int:
    """Sweep: nobody agreed while the place was held."""
    booking = take_behind_event(Booking.objects.unanswered(now).order_by("held_until", "pk"))
    if booking is None:
        return 0
    why = "No one agreed in time, so the place was given up."
    settle_approval(booking=booking, approved=False, now=now, why=why)
    return 1
