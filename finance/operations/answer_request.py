"""Answer a request to waive a charge, and tell the person who asked and the agency."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.terms.waivers import waiver_practice
from finance.emails import tell_agency_of_decision, tell_of_mitigation
from finance.models import Charge, CreditNote, MitigationCase
from finance.rules.requests import appeal_until
from finance.rules.states import MitigationState
from partnerships.models import Membership


@transaction.atomic(savepoint=False)  # part of the operation around it, which has locked the charge
def answer_request(
    *,
    charge: Charge,
    grant: bool,
    decision: str,
    by: Membership | None,
    at: datetime,
    note: CreditNote | None = None,
) -> None:
    """Answer the open request about a charge, if there is one; ``note`` is the credit note that it led to.

    ``by`` is None if the partnership's rule decided it. The time to appeal against a refusal is fixed here.
    """
    rows = MitigationCase.objects.select_for_update(of=("self",))
    case: MitigationCase | None = rows.filter(charge=charge, state=MitigationState.OPEN).first()
    if case is None:
        return
    case.state = MitigationState.GRANTED if grant else MitigationState.REFUSED
    case.decided_by, case.decided_at, case.decision = by, at, decision
    if not grant and case.appeal_against_id is None:
        days, zone = waiver_practice().appeal_days, timezone.get_current_timezone()
        case.appeal_by = appeal_until(timezone.localdate(at), days, zone)
    case.save()
    tell_of_mitigation(case, note, at)
    tell_agency_of_decision(case, at)
