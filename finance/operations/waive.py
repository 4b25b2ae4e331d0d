"""A charge no longer has to be paid."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.steps.weigh import weigh
from finance.models import Charge
from finance.operations.answer_request import answer_request
from finance.operations.issue_credit_note import issue_credit_note
from finance.rules.states import NOT_INVOICED, ChargeState
from finance.steps.move_charge import move_charge
from finance.terms.charges import is_waived
from finance.terms.debt import left_on
from partnerships.models import Membership


@transaction.atomic(savepoint=False)  # part of the operation around it: both fail together
def waive(*, charge: Charge, reason: str, by: Membership | None, at: datetime) -> Charge:
    """Waive a charge, or credit what is left of it once it is invoiced. This grants an open request to waive it.

    ``by`` is None if the partnership's rule did it, which it does only before a charge is invoiced.
    """
    locked: Charge = Charge.objects.select_for_update(of=("self",)).get(pk=charge.pk)
    if locked.state == ChargeState.INVOICED and not is_waived(locked):
        assert by is not None
        issue_credit_note(
            line=locked.invoice_line,
            amount=left_on(locked.invoice_line).gross,
            reason=reason,
            agreed_on=timezone.localdate(at),
            by=by,
            at=at,
        )
        weigh(people=[locked.booking.membership_id], now=at)
        return locked
    if locked.state in NOT_INVOICED:
        locked.decided_by, locked.decided_at, locked.decision_reason = by, at, reason[:300]
        move_charge(locked, ChargeState.WAIVED, at=at, by=by, why=reason)
    answer_request(charge=locked, grant=True, decision=reason, by=by, at=at)
    weigh(people=[locked.booking.membership_id], now=at)
    return locked
