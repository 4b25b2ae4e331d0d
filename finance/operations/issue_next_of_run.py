"""Issue the invoices of released runs, one invoice per transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from finance.models import InvoiceRun, InvoiceRunState
from finance.operations.issue_invoice import issue_invoice
from finance.steps.hold_account import hold_account
from finance.terms.preparation import obstacles_to_issuing
from finance.terms.runs import charges_of_run
from outbox.sweeps import choose
from partnerships.models import Agency


@transaction.atomic
def issue_next_of_run(*, now: datetime) -> int:
    """Issue one invoice of a released run and return 1; 0 when no run has any left.

    The run's row is locked, so one worker at a time works on it. A worker killed in between loses that one invoice
    with its number; the next call issues it. An agency whose invoice cannot be issued is skipped, and its run stays
    open. If something that invoices need has been removed, the run waits, and its page says what for.
    """
    runs = InvoiceRun.objects.released().order_by("released_at", "pk")
    for run in runs.select_for_update(of=("self",), skip_locked=True):
        charges = charges_of_run(run)
        left = Agency.objects.filter(pk__in=charges.order_by().values("agency"))
        if not left.exists():
            run.state, run.done_at = InvoiceRunState.DONE, now
            run.save()
            return 1
        if obstacles_to_issuing(charges.order_by().values_list("kind", flat=True)):
            continue
        agency = choose(left.order_by("name", "pk"))
        if agency is not None:
            issue_first(run, agency, now)
            return 1
    return 0


def issue_first(run: InvoiceRun, agency: Agency, now: datetime) -> None:
    """The first of the agency's invoices that are left, unless someone else has just issued it."""
    hold_account(agency)
    rows: Any = charges_of_run(run).filter(agency=agency)
    told_apart = ("order_number", "billed_apart")
    first = rows.order_by(*told_apart).values_list(*told_apart).first()
    if first is not None:
        order, apart = first
        chosen = rows.on_one_invoice(order, billed_apart=apart).values_list("pk", flat=True)
        issue_invoice(agency=agency, charges=chosen, by=run.released_by, at=now, run=run)
