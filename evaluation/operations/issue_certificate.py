"""Issue certificates: with the answer that was still missing, or by the clock."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from bookings.models import Booking
from evaluation.emails import send_certificate
from evaluation.models import Certificate
from evaluation.reports.asking import last_day
from evaluation.reports.certificates import bookings_to_certify, certificate_reasons_for
from evaluation.rules.certificate import BYTES_NEEDED, certificate_code, follows_by_itself
from partnerships.rules.reasons import blocks
from partnerships.sweeps import leave, not_set_aside, take


@transaction.atomic
def issue_next_certificate(now: datetime) -> int:
    """Issue one certificate that is due; 0 when none is.

    Each row is come to, however many before it cannot be printed; those are looked at once a turn.
    """
    due = not_set_aside(bookings_to_certify().order_by("event__register_closed_at", "pk"))
    for pk in due.values_list("pk", flat=True).iterator():
        booking = take(Booking.objects.filter(pk=pk))
        if booking is None:
            continue
        if issue_certificate(booking=booking, now=now) is not None:
            return 1
        leave(booking)
    return 0


@transaction.atomic
def issue_certificate(*, booking: Booking, now: datetime) -> Certificate | None:
    """The booking's certificate, made once; None while something is missing.

    The booking's row is locked, so that the form and the clock never make two.
    """
    locked = held_booking(booking.pk)
    earlier: list[Certificate] = list(Certificate.objects.filter(booking=locked).defer("pdf"))
    for certificate in earlier:
        if certificate.withdrawn_at is None:
            return certificate
    if not follows_by_itself([one.withdrawal for one in earlier]):
        return None
    if blocks(certificate_reasons_for(locked)):
        return None
    made = certificate_of(locked, locked.membership.user.full_name, now)
    send_certificate(made, now)
    return made


def held_booking(pk: int) -> Booking:
    """The booking with all that its certificate says, its row locked."""
    rows = Booking.objects.select_for_update(of=("self",))
    found: Booking = rows.select_related(
        "event__course", "membership__user", "agency", "policy"
    ).get(pk=pk)
    return found


def certificate_of(booking: Booking, holder_name: str, now: datetime) -> Certificate:
    """A new certificate of a booking whose row is held, in the words of today."""
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
