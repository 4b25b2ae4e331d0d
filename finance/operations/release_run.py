"""Release a reviewed invoice run to the worker."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from finance.models import InvoiceRun, InvoiceRunState
from finance.terms.preparation import obstacles_to_issuing
from finance.terms.runs import charges_of_run, drafts_of
from outbox.tasks import wake
from partnerships.models import Membership
from partnerships.rules.refused import Refused, refuse


@transaction.atomic
def release_run(
    *, run: InvoiceRun, reviewed: tuple[int, Decimal], by: Membership, at: datetime
) -> InvoiceRun:
    """Let the worker issue the invoices that finance has looked at.

    ``reviewed`` is the number of charges and their total as shown. If they have changed since, nothing is
    released, and finance reviews them again. A second call changes nothing.
    """
    locked: InvoiceRun = InvoiceRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if locked.state != InvoiceRunState.DRAFT:
        return locked
    drafts = drafts_of(locked)
    now_there = (sum(draft.count for draft in drafts), sum(draft.total for draft in drafts))
    if not drafts:
        raise refuse("nothing_ready", "No charges for this month are ready to invoice.")
    if now_there != reviewed:
        raise refuse(
            "changed", "The charges have changed since this page was shown.", "Check them again."
        )
    refuse_if_unprepared(locked)
    locked.state = InvoiceRunState.RELEASED
    locked.released_by, locked.released_at = by, at
    locked.save()
    wake()
    return locked


def refuse_if_unprepared(run: InvoiceRun) -> None:
    """Refuse unless everything that an invoice needs is there before the worker begins. The run's page says so too."""
    obstacles = obstacles_to_issuing(charges_of_run(run).values_list("kind", flat=True))
    if obstacles:
        raise Refused(*obstacles)
