"""Decide whether a charge is waived, before or after it was invoiced."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import Charge, MitigationCase
from bookings.operations.answer_request import answer_request
from bookings.operations.refused import Refused, refuse
from bookings.operations.waive import waive
from bookings.reports.charges import is_let_off, why_not_decide
from bookings.rules.states import MitigationState
from partnerships.models import Membership


@transaction.atomic
def decide_mitigation(
    *, case: MitigationCase, grant: bool, decision: str, by: Membership, at: datetime
) -> MitigationCase:
    """Waive the charge or let it stand, with the reason. What was invoiced is credited, never changed."""
    charge: Charge = Charge.objects.select_for_update(of=("self",)).get(pk=case.charge_id)
    locked: MitigationCase = MitigationCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if locked.state != MitigationState.OPEN:
        raise refuse("already_decided", "Someone has already decided on this request.")
    own = why_not_decide(charge, by)
    if own is not None:
        raise Refused(own)
    if not decision.strip():
        raise refuse("decision_missing", "Enter the reason for the decision.")
    if grant:
        waive(charge=charge, reason=decision, by=by, at=at)
    elif is_let_off(charge):
        step = "Choose to waive it, so that we tell the person who asked."
        raise refuse(
            "already_waived", "There is nothing left of this charge that could stand.", step
        )
    else:
        answer_request(charge=charge, grant=False, decision=decision, by=by, at=at)
    locked.refresh_from_db()
    return locked
