"""Issue certificates: with the answer that was still missing, or by the clock."""

from __future__ import annotations

import secrets
from datetime import datetime
from itertools import islice

from django.db import transaction

from bookings.models import Booking
from evaluation.emails import send_certificate
from evaluation.models import Certificate
from evaluation.reports.asking import last_day
from evaluation.reports.certificates import bookings_to_certify, certificate_reasons_for
from evaluation.rules.certificate import BYTES_NEEDED, certificate_code
from partnerships.rules.reasons import blocks
from partnerships.sweeps import not_set_aside, work_on

# Rows that the query takes for ready and the rule does not; looked at without end they would block the rest.
LOOKED_AT = 200


@transaction.atomic
def issue_next_certificate(now: datetime) -> int:
    """Issue one certificate that is due; 0 when none is."""
    due = not_set_aside(bookings_to_certify().order_by("pk"))
    for booking in islice(due.select_for_update(of=("self",), skip_locked=True), LOOKED_AT):
        work_on(booking)
        if issue_certificate(booking=booking, now=now) is not None:
            return 1
    return 0


@transaction.atomic
def issue_certificate(*, booking: Booking, now: datetime) -> Certificate | None:
    """The booking's certificate, made once; None while something is missing.

    The booking's row is locked, so that the form and the clock never make two.
    """
    locked: Booking = (
        Booking.objects.select_for_update(of=("self",))
        .select_related("event__course", "membership__user", "agency", "policy")
        .get(pk=booking.pk)
    )
    earlier: Certificate | None = Certificate.objects.filter(booking=locked).first()
    if earlier is not None:
        return earlier
    if blocks(certificate_reasons_for(locked)):
        return None
    certificate = Certificate(
        code=certificate_code(secrets.token_bytes(BYTES_NEEDED)),
        booking=locked,
        issued_at=now,
        holder_name=locked.membership.user.full_name,
        agency_name=locked.agency.name,
        course_title=locked.event.course.title,
        completed_on=last_day(locked.event),
        minutes=locked.event.course.minutes,
    )
    certificate.save()
    send_certificate(certificate, now)
    return certificate
