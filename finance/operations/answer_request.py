"""Answer a request to waive a charge, and tell the person who asked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from finance.emails import tell_of_mitigation
from finance.models import Charge, CreditNote, MitigationCase
from finance.rules.states import MitigationState
from partnerships.models import Membership


@transaction.atomic(savepoint=False)  # part of the operation around it, which has locked the charge
def answer_request(
    *,
    charge: Charge,
    grant: bool,
    decision: str,
    by: Membership,
    at: datetime,
    note: CreditNote | None = None,
) -> None:
    """Answer the open request about a charge, if there is one; ``note`` is the credit note that it led to."""
    rows = MitigationCase.objects.select_for_update(of=("self",))
    case: MitigationCase | None = rows.filter(charge=charge, state=MitigationState.OPEN).first()
    if case is None:
        return
    case.state = MitigationState.GRANTED if grant else MitigationState.REFUSED
    case.decided_by, case.decided_at, case.decision = by, at, decision
    case.save()
    tell_of_mitigation(case, note, at)
