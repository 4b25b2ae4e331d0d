"""A new certificate for a booking whose row is locked."""

from __future__ import annotations

import secrets
from datetime import datetime

from bookings.models import Booking
from evaluation.models import Certificate
from evaluation.rules.certificate import BYTES_NEEDED, certificate_code
from evaluation.terms.asking import last_day


def held_booking(pk: int) -> Booking:
    """The booking with everything its certificate says, its row locked."""
    rows = Booking.objects.select_for_update(of=("self",))
    found: Booking = rows.select_related(
        "event__course", "membership__user", "agency", "policy"
    ).get(pk=pk)
    return found


def certificate_of(booking: Booking, holder_name: str, now: datetime) -> Certificate:
    """A new certificate for a booking whose row is locked, in today's words."""
    made: Certificate = Certificate.objects.create(
        code=certificate_code(secrets.token_bytes(BYTES_NEEDED)),
        booking=booking,
        issued_at=now,
        holder_name=holder_name,
        agency_name=booking.agency.name,
        course_title=booking.event.course.title,
        completed_on=last_day(booking.event),
        minutes=booking.event.course.minutes,
        outcomes=[one.text for one in booking.event.course.outcomes.all()],
    )
    return made
