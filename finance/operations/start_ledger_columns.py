"""Give a partnership without columns the usual ones, to be changed from there."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from finance.models import LedgerColumn
from finance.rules.ledger_files import USUAL_COLUMNS, FileColumn
from finance.steps.ledger_lock import locked_format


@transaction.atomic
def start_ledger_columns(*, columns: Sequence[FileColumn] = USUAL_COLUMNS) -> None:
    """Nothing happens if there are columns already: a button pressed twice adds them once."""
    locked_format()
    if not LedgerColumn.objects.exists():
        LedgerColumn.objects.bulk_create(
            LedgerColumn(position=place, heading=column.heading, what=column.what, text=column.text)
            for place, column in enumerate(columns, 1)
        )
