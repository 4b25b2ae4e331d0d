"""Check certificates against the register each time it has been closed again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from evaluation.emails import tell_withdrawn
from evaluation.models import Certificate
from evaluation.rules.certificate import Withdrawal
from evaluation.terms.certificates import attendance_earns
from outbox.sweeps import choose


@transaction.atomic
def check_next_certificate(*, now: datetime) -> int:
    """Leave one certificate as it is, or withdraw it if the attendance has gone; 0 when all have been checked.

    Until this has run, pages say that the certificate is being checked: they ask the register themselves.
    """
    certificate: Certificate | None = choose(
        Certificate.objects.to_check()
        .defer("pdf")
        .select_related(
            *("booking__event", "booking__policy", "booking__register_exception"),
            "booking__membership__user",
        )
        .select_for_update(of=("self", "booking"), skip_locked=True)
        .order_by("pk")
    )
    if certificate is None:
        return 0
    closed_at = certificate.booking.event.register_closed_at
    if closed_at is not None and attendance_earns(certificate.booking):
        certificate.stands_since = closed_at
        certificate.save(update_fields=["stands_since"])
    else:
        certificate.withdraw(Withdrawal.ATTENDANCE, at=now)
        tell_withdrawn(certificate, now)
    return 1
