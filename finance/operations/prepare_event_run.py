"""Begin the invoices of one event: finance looks at them before anything goes out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courses.models import Event
from finance.models import InvoiceRun, InvoiceRunState
from partnerships.models import Membership


@transaction.atomic
def prepare_event_run(*, event: Event, by: Membership, at: datetime) -> InvoiceRun:
    """The unfinished run of an event; a new one if there is none. It invoices all that is ready, whenever it arose."""
    run, _ = InvoiceRun.objects.exclude(state=InvoiceRunState.DONE).get_or_create(
        event=event, defaults={"created_by": by, "created_at": at}
    )
    made: InvoiceRun = run
    return made
