"""Decide whether a charge is waived, before or after it was invoiced."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import Booking
from finance.models import Charge, MitigationCase
from finance.operations.answer_request import answer_request
from finance.operations.waive import waive
from finance.rules.requests import decided_by_rule
from finance.rules.states import LETS_OFF, MitigationState
from finance.terms.charges import is_waived, why_not_decide
from finance.terms.requests import colleagues_instead
from partnerships.models import Membership
from partnerships.rules.refused import Refused, refuse


@transaction.atomic
def decide_mitigation(
    *,
    case: MitigationCase,
    outcome: MitigationState,
    decision: str,
    by: Membership,
    at: datetime,
    colleague: Booking | None = None,
) -> MitigationCase:
    """Waive the charge or let it stand, with the reason. What was invoiced is credited, never changed.

    If a ``colleague`` took the place, that is the reason. Where the partnership's rule waives the charge once the
    evidence is accepted, the rule is.
    """
    charge: Charge = Charge.objects.select_for_update(of=("self",)).get(pk=case.charge_id)
    locked: MitigationCase = MitigationCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if locked.state != MitigationState.OPEN:
        raise refuse("already_decided", "Someone has already decided on this request.")
    own = why_not_decide(charge, by)
    if own is not None:
        raise Refused(own)
    why = why_so(locked, outcome, decision.strip(), colleague)
    if not why:
        raise refuse("decision_missing", "Enter the reason for the decision.")
    if outcome in LETS_OFF:
        waive(charge=charge, reason=why, by=by, at=at)
        if outcome is MitigationState.SUBSTITUTED:
            MitigationCase.objects.filter(pk=locked.pk).update(state=outcome)
    elif is_waived(charge):
        step = "Choose to waive it. We will then tell the person who asked."
        raise refuse(
            "already_waived",
            "This charge has already been waived or credited in full, so it cannot stand.",
            step,
        )
    else:
        answer_request(charge=charge, grant=False, decision=why, by=by, at=at)
    locked.refresh_from_db()
    return locked


def why_so(
    case: MitigationCase, outcome: MitigationState, said: str, colleague: Booking | None
) -> str:
    """The reason: what the decider said, or what needs no words of their own; empty if there is neither."""
    if outcome is MitigationState.SUBSTITUTED:
        instead = colleagues_instead(case.charge.booking)
        if colleague is None or not instead.filter(pk=colleague.pk).exists():
            sentence = "No colleague from the same agency took this place."
            raise refuse("outcome", sentence, "Choose another answer.")
        return f"{colleague.membership} took the place, and a substitution costs nothing. {said}".strip()
    return said or (decided_by_rule(case.rule) if outcome is MitigationState.GRANTED else "")
