"""Issue a new certificate: with a corrected name, or after one that was withdrawn."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from evaluation.emails import send_certificate
from evaluation.models import Certificate
from evaluation.rules.certificate import Withdrawal
from evaluation.steps.certificate import certificate_of, held_booking
from evaluation.terms.certificates import reissue_reasons_for
from partnerships.models import Membership
from partnerships.rules.reasons import blocks
from partnerships.rules.refused import Refused, refuse


@transaction.atomic
def reissue_certificate(
    *, certificate: Certificate, holder_name: str, reason: str, by: Membership, now: datetime
) -> Certificate:
    """A new certificate for the same attendance, with a code of its own; the old one says it was replaced.

    Refused while the register does not say that the attendance earns one, for a name that cannot be printed, and for
    one that has already been replaced: the same form sent twice makes one certificate.
    The evaluation is not required again: it was when the first one was issued.
    """
    booking = held_booking(certificate.booking_id)
    reasons = reissue_reasons_for(booking, holder_name)
    if blocks(reasons):
        raise Refused(*reasons)
    current = Certificate.objects.valid().defer("pdf").filter(booking=booking).first()
    if current is not None:
        if current.pk != certificate.pk:
            raise refuse(
                "already_followed",
                "Another certificate has already been issued for this attendance.",
                "If that one is wrong too, replace that one.",
            )
        current.withdraw(Withdrawal.REPLACED, at=now, by=by, why=reason)
    made = certificate_of(booking, holder_name, now)
    send_certificate(made, now, instead_of=certificate)
    return made
