"""Settle places that wait for an agency to confirm someone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.operations.settle_approval import settle_approval
from bookings.steps.locks import take_behind_event
from bookings.terms.approvals import (
    AGENCY,
    of_those_to_tell,
)
from partnerships.models import EmploymentState


@transaction.atomic
def settle_next_employment(*, now: datetime) -> int:
    """Sweep: settle one place whose agency has confirmed or refused the person."""
    waiting = of_those_to_tell(now).awaiting_approval().filter(waits_for__contains=[AGENCY])
    settled = waiting.exclude(employment__state=EmploymentState.PENDING)
    booking = take_behind_event(settled.order_by("pk"))
    if booking is None:
        return 0
    approved = booking.employment.state == EmploymentState.CONFIRMED
    why = "The agency has confirmed." if approved else "The agency does not know this person."
    settle_approval(booking=booking, approved=approved, now=now, why=why, codes=[AGENCY])
    return 1
