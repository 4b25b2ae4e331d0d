"""Decide whether a charge is waived, before or after it was invoiced."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.emails.money import tell_of_mitigation
from bookings.models import Charge, CreditNote, MitigationCase
from bookings.operations.issue_credit_note import issue_credit_note
from bookings.operations.refused import refuse
from bookings.reports.debt import left_on
from bookings.rules.states import ChargeState, MitigationState
from partnerships.models import Membership


@transaction.atomic
def decide_mitigation(
    *, case: MitigationCase, grant: bool, decision: str, by: Membership, at: datetime
) -> MitigationCase:
    """Waive the charge or let it stand, with the reason. What was invoiced is credited, never changed."""
    charge: Charge = Charge.objects.select_for_update(of=("self",)).get(pk=case.charge_id)
    locked: MitigationCase = MitigationCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if locked.state != MitigationState.OPEN:
        raise refuse("already_decided", "Somebody has already decided this case.")
    if not decision.strip():
        raise refuse("decision_missing", "Give the reason for the decision.")
    locked.state = MitigationState.GRANTED if grant else MitigationState.REFUSED
    locked.decided_by, locked.decided_at, locked.decision = by, at, decision
    locked.save()
    note = waive(charge, reason=decision, by=by, at=at) if grant else None
    tell_of_mitigation(locked, note, at)
    return locked


def waive(charge: Charge, *, reason: str, by: Membership, at: datetime) -> CreditNote | None:
    """Nothing is owed for the charge any more; the credit note where an invoice has gone out."""
    if charge.state == ChargeState.INVOICED:
        line = charge.invoice_line
        left = left_on(line).gross
        if left <= 0:  # credited by hand before
            return None
        return issue_credit_note(
            line=line,
            amount=left,
            reason=reason[:300],
            agreed_on=timezone.localdate(at),
            by=by,
            at=at,
        )
    charge.state = ChargeState.WAIVED
    charge.decided_by, charge.decided_at, charge.decision_reason = by, at, reason[:300]
    charge.save()
    return None
