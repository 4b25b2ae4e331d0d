"""Remove a column from the ledger file."""

from __future__ import annotations

from django.db import transaction

from finance.models import LedgerColumn
from finance.steps.ledger_lock import locked_format


@transaction.atomic
def remove_ledger_column(*, column: LedgerColumn) -> None:
    """Exports that were made keep their columns."""
    locked_format()
    column.delete()
    for place, one in enumerate(LedgerColumn.objects.all(), 1):
        if one.position != place:
            one.position = place
            one.save()
