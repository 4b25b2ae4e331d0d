"""Settle places that wait for someone to say which group the person is in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.operations.settle_approval import settle_approval
from bookings.steps.locks import take_behind_event
from bookings.terms.approvals import (
    GROUP,
    group_obstacle,
    waiting_for,
)


@transaction.atomic
def settle_next_group(*, now: datetime) -> int:
    """Sweep: settle one place for which someone has now entered the person's group."""
    waiting = waiting_for(GROUP, now)
    known = waiting.filter(employment__group__isnull=False)
    booking = take_behind_event(known.order_by("pk"))
    if booking is None:
        return 0
    obstacle = group_obstacle(booking, now)
    why = obstacle or f"{booking.employment.group} has been entered for the person."
    settle_approval(booking=booking, approved=not obstacle, now=now, why=why, codes=[GROUP])
    return 1
