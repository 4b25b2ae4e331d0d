"""Issue the invoices of released runs, one agency a transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import InvoiceRun, InvoiceRunState
from bookings.operations.issue_invoice import issue_invoice
from bookings.reports.preparation import obstacles_to_issuing
from bookings.reports.runs import charges_of_run
from partnerships.models import Agency


@transaction.atomic
def issue_next_of_run(now: datetime) -> int:
    """Issue one invoice of a released run and return 1; 0 when no run has any left.

    The run's row is locked, so that one worker at a time works on it. A worker killed in between loses that one
    invoice with its number; the next call issues it. Where something has been taken away that invoices need, the run
    waits, and its page says for what.
    """
    run: InvoiceRun | None = (
        InvoiceRun.objects.released()
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("released_at", "pk")
        .first()
    )
    if run is None:
        return 0
    charges = charges_of_run(run)
    first = charges.order_by("agency__name", "pk").first()
    if first is None:
        run.state, run.done_at = InvoiceRunState.DONE, now
        run.save()
        return 1
    if obstacles_to_issuing(charges.order_by().values_list("kind", flat=True)):
        return 0
    agency = Agency.objects.get(pk=first.agency_id)
    chosen = charges.filter(agency=agency).values_list("pk", flat=True)
    issue_invoice(agency=agency, charges=chosen, by=run.released_by, at=now, run=run)
    return 1
