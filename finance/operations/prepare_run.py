"""Begin a month's invoice run: finance looks at it before anything goes out."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from finance.models import InvoiceRun, InvoiceRunState
from partnerships.models import Membership
from partnerships.rules.months import first_of_month


@transaction.atomic
def prepare_run(*, month: date, by: Membership, at: datetime) -> InvoiceRun:
    """The unfinished run of a month; a new one if there is none."""
    run, _ = InvoiceRun.objects.exclude(state=InvoiceRunState.DONE).get_or_create(
        month=first_of_month(month), defaults={"created_by": by, "created_at": at}
    )
    made: InvoiceRun = run
    return made
