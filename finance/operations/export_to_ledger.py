"""Put everything that is new into one export to the ledger."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from bookings.rules.money import NOTHING
from finance.models import LedgerBatch, LedgerEntry
from finance.models.ledger_file import ledger_layout
from finance.rules.ledger_files import cells_of, layout_reasons
from finance.steps.ledger_lock import locked_format
from finance.terms.ledger_items import new_items
from partnerships.models import Membership
from partnerships.rules.refused import Refused, refuse


@transaction.atomic
def export_to_ledger(*, by: Membership, at: datetime) -> LedgerBatch:
    """The export, with its rows as they will always be downloaded.

    Two people who export at once never share a row: the second waits, and finds what the first has left. What is
    issued meanwhile comes with the next export.
    """
    how = locked_format()
    layout = ledger_layout(how)
    new = list(new_items(with_payments=how.with_payments))
    obstacles = layout_reasons(layout, [one.item for one in new])
    if obstacles:
        raise Refused(*obstacles)
    if not new:
        raise refuse("nothing_new", "There is nothing new to export.")
    last = LedgerBatch.objects.aggregate(last=Max("number"))["last"] or 0
    batch: LedgerBatch = LedgerBatch.objects.create(
        number=last + 1,
        made_at=at,
        made_by=by,
        columns=[[column.heading, column.what.value] for column in layout.columns],
        row_count=len(new),
        total=sum((one.item.gross for one in new), NOTHING),
    )
    LedgerEntry.objects.bulk_create(
        (
            LedgerEntry(
                batch=batch,
                position=position,
                cells=cells_of(one.item, layout, batch.number),
                **{f"{one.source}_id": one.pk},
            )
            for position, one in enumerate(new, 1)
        ),
        batch_size=500,
    )
    return batch
