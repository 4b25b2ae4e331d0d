"""Add a column to the ledger file, or change one."""

from __future__ import annotations

from django.db import transaction

from finance.models import LedgerColumn
from finance.rules.ledger_files import FileColumn, column_reasons
from finance.steps.ledger_lock import locked_format
from partnerships.rules.refused import Refused


@transaction.atomic
def save_ledger_column(
    *, column: FileColumn, position: int, changed: LedgerColumn | None = None
) -> LedgerColumn:
    """The column in its place, counted from 1; the others move. Exports that were made keep their columns."""
    locked_format()
    others = [one for one in LedgerColumn.objects.all() if changed is None or one.pk != changed.pk]
    reasons = column_reasons(column, [one.heading for one in others])
    if reasons:
        raise Refused(*reasons)
    saved = changed or LedgerColumn(position=0)
    saved.heading, saved.what, saved.text = column.heading, column.what, column.text
    others.insert(max(position - 1, 0), saved)
    for place, one in enumerate(others, 1):
        one.position = place
        one.save()
    return saved
