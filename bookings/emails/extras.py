"""The email that tells an agency of an extra cost of a place, or that it no longer arises."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from bookings.emails.places import tell
from bookings.models import Booking, ExtraCost
from bookings.rules.money import pounds
from bookings.terms.extras import charges_extras
from partnerships.terms import leads_of


def tell_extra_cost(cost: ExtraCost, booking: Booking, at: datetime) -> None:
    """To each lead of the agency that pays, when it is recorded and when it is withdrawn."""
    withdrawn = cost.withdrawn_at is not None
    what = "No extra cost" if withdrawn else f"Extra cost of {pounds(cost.amount)}"
    for lead in leads_of(booking.agency, timezone.localdate(at)):
        tell(
            f"extra_cost:{cost.pk}:{'withdrawn' if withdrawn else 'recorded'}:{lead.pk}",
            lead,
            about=booking.reference,
            why="An extra cost of a place was recorded or withdrawn.",
            subject=f"{what} for {booking.membership}: {booking.event.course.title}",
            due_at=at,
            cost=cost,
            withdrawn=withdrawn,
            booking=booking,
            event=booking.event,
            charged=charges_extras(booking),
        )
