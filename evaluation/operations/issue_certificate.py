"""Issue a certificate: when the missing answer arrives, or from a sweep."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import Booking
from evaluation.emails import send_certificate
from evaluation.models import Certificate
from evaluation.rules.certificate import follows_by_itself
from evaluation.steps.certificate import certificate_of, held_booking
from evaluation.terms.certificates import certificate_reasons_for
from partnerships.rules.reasons import blocks


@transaction.atomic
def issue_certificate(*, booking: Booking, now: datetime) -> Certificate | None:
    """The booking's certificate, made once; None while something is missing.

    The booking's row is locked, so that the form and the sweep never make two.
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
