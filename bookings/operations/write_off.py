"""Give up what an agency will never pay; a credit note would be wrong for that (VATREC13040)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import Invoice, Payment
from bookings.operations.record_payment import record_payment
from bookings.operations.refused import refuse
from bookings.reports.debt import standing_of
from partnerships.models import Membership


@transaction.atomic
def write_off(*, invoice: Invoice, reason: str, by: Membership, at: datetime) -> Payment:
    """Write off the whole balance. A second call finds nothing owed and is refused."""
    locked: Invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    owed = standing_of(locked).balance
    if owed <= 0:
        raise refuse("nothing_owed", f"Nothing of {locked.number} is owed any more.")
    return record_payment(
        invoice=locked,
        amount=owed,
        received_on=timezone.localdate(at),
        reference=reason[:100],
        by=by,
        at=at,
        kind=Payment.Kind.WRITE_OFF,
    )
