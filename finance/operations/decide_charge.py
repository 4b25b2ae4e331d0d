"""Finance sets the amount of a charge, which can be nothing."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from bookings.rules.money import to_pence
from finance.models import Charge
from finance.operations.waive import waive
from finance.rules.states import UNDECIDED, ChargeState
from finance.steps.move_charge import move_charge
from finance.terms.charges import why_not_decide
from partnerships.models import Membership
from partnerships.rules.refused import Refused, refuse


@transaction.atomic
def decide_charge(
    *, charge: Charge, amount: Decimal, reason: str, by: Membership, at: datetime
) -> Charge:
    """Set the amount in pounds, always with a reason. £0 means that the agency pays nothing."""
    locked: Charge = Charge.objects.select_for_update(of=("self",)).get(pk=charge.pk)
    if locked.state not in UNDECIDED:
        raise refuse(
            "already_decided", f"This charge is already {ChargeState(locked.state).label.lower()}."
        )
    own = why_not_decide(locked, by)
    if own is not None:
        raise Refused(own)
    if amount < 0 or not reason.strip():
        raise refuse("amount_and_reason", "Enter an amount of £0 or more, and the reason for it.")
    if not amount:
        return waive(charge=locked, reason=reason, by=by, at=at)
    locked.amount = to_pence(amount)
    locked.decided_by, locked.decided_at, locked.decision_reason = by, at, reason
    move_charge(locked, ChargeState.APPROVED, at=at, by=by, why=reason)
    return locked
