"""Withdraw a certificate because someone decided to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from evaluation.emails import tell_withdrawn
from evaluation.models import Certificate
from evaluation.rules.certificate import Withdrawal
from evaluation.steps.certificate import held_booking
from partnerships.models import Membership


@transaction.atomic
def withdraw_certificate(
    *, certificate: Certificate, reason: str, by: Membership, now: datetime
) -> Certificate:
    """End it and tell the holder why. One that has already ended stays as it is.

    No new one is issued automatically.
    """
    held_booking(certificate.booking_id)
    found: Certificate = Certificate.objects.defer("pdf").get(pk=certificate.pk)
    if found.withdrawn_at is None:
        found.withdraw(Withdrawal.DECIDED, at=now, by=by, why=reason)
        tell_withdrawn(found, now)
    return found
