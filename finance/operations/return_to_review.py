"""Take back the approval of charges, as long as nothing has gone out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from bookings.rules.money import NOTHING
from finance.models import Charge, InvoiceRun, InvoiceRunState
from finance.rules.states import ChargeState
from finance.steps.move_charge import move_charge
from finance.terms.runs import charges_of_run
from partnerships.models import Membership
from partnerships.rules.refused import refuse


@transaction.atomic
def return_to_review(*, charges: Iterable[int], by: Membership, at: datetime) -> list[Charge]:
    """Put approved charges back as the rule made them, by id; returns those that were. All of them or none.

    Charges that are not approved any more stay as they are, so sending this twice does it once. What is invoiced, or
    on its way out in a released run, cannot be taken back. Runs are locked before charges, as where they are issued.
    """
    wanted = list(charges)
    runs = InvoiceRun.objects.exclude(state=InvoiceRunState.DONE).select_for_update(of=("self",))
    for run in runs.order_by("pk"):
        released = run.state == InvoiceRunState.RELEASED
        if released and charges_of_run(run).filter(pk__in=wanted).exists():
            sentence = f"The invoices for {run.month:%B %Y} have been released with these charges."
            raise refuse("released", sentence, "Issue a credit note once they are out.")
    rows = Charge.objects.select_for_update(of=("self",)).filter(pk__in=wanted)
    found = list(rows.order_by("pk"))
    if any(one.state == ChargeState.INVOICED for one in found):
        sentence = "Some of these charges have been invoiced."
        raise refuse("invoiced", sentence, "Issue a credit note instead.")
    taken_back = [one for one in found if one.state == ChargeState.APPROVED]
    for charge in taken_back:
        ruled = charge.why.amount
        charge.amount = NOTHING if ruled is None else ruled
        charge.decided_by, charge.decided_at, charge.decision_reason = None, None, ""
        again = ChargeState.NEEDS_DECISION if ruled is None else ChargeState.TO_REVIEW
        move_charge(charge, again, at=at, by=by, why="The approval was undone.")
    return taken_back
