"""Finance stops the links to an agency's invoices that have been emailed so far."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from finance.models import LinksStopped
from partnerships.models import Agency, Membership


@transaction.atomic
def stop_account_links(*, agency: Agency, by: Membership, at: datetime) -> LinksStopped:
    """None of them works any more. The next email to the finance office carries a new one."""
    made: LinksStopped = LinksStopped.objects.create(agency=agency, stopped_at=at, stopped_by=by)
    return made
