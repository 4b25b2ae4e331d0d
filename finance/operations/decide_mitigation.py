"""Decide whether a charge is waived, before or after it was invoiced."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from finance.models import Charge, MitigationCase
from finance.operations.answer_request import answer_request
from finance.operations.waive import waive
from finance.rules.states import MitigationState
from finance.terms.charges import is_waived, why_not_decide
from partnerships.models import Membership
from partnerships.rules.refused import Refused, refuse


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
    elif is_waived(charge):
        step = "Choose to waive it. We will then tell the person who asked."
        raise refuse(
            "already_waived",
            "This charge has already been waived or credited in full, so it cannot stand.",
            step,
        )
    else:
        answer_request(charge=charge, grant=False, decision=decision, by=by, at=at)
    locked.refresh_from_db()
    return locked
