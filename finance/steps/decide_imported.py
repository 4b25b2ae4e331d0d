"""What every decision about an imported payment has in common."""

from __future__ import annotations

from datetime import datetime

from finance.models import ImportedPayment
from finance.rules.states import ImportState
from partnerships.models import Membership
from partnerships.rules.refused import refuse


def locked_import(payment: ImportedPayment) -> ImportedPayment:
    """The payment as it is now, for this transaction; refused if nothing can be decided about it any more."""
    rows = ImportedPayment.objects.select_for_update(of=("self",))
    locked: ImportedPayment = rows.get(pk=payment.pk)
    if locked.repeats_id is not None:
        raise refuse("state", "Another file has brought this payment already.", "Decide there.")
    if not locked.is_decidable:
        state = ImportState(locked.state).label.lower()
        raise refuse(
            "state",
            f"This payment is already {state}.",
            "To correct it, reverse it on the invoice.",
        )
    return locked


def decided_here(
    payment: ImportedPayment, state: ImportState, why: str, by: Membership, at: datetime
) -> ImportedPayment:
    """Write down the decision. The reason of a suggestion no longer holds."""
    payment.state, payment.why, payment.sure = state, why, False
    payment.decided_by, payment.decided_at = by, at
    payment.save()
    return payment
