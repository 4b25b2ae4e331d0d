"""Exports to the ledger as pages and files read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Value

from finance.models import LedgerBatch, LedgerFormat
from finance.models.ledger_file import ledger_layout
from finance.rules.ledger_files import (
    FileColumn,
    LedgerField,
    cells_of,
    layout_reasons,
    value_for_file,
)
from finance.terms.ledger_items import item_of_credit_note, item_of_line, new_rows
from partnerships.rules.reasons import Reason

SHOWN_OF_NEXT = 5


@dataclass(frozen=True)
class NextExport:
    """What an export would contain now: headings, the first lines and credit notes, how many rows, what is missing."""

    headings: tuple[str, ...]
    first: list[list[str]]
    count: int
    obstacles: tuple[Reason, ...]


def next_export() -> NextExport:
    """The next export, without making it. Six queries."""
    how = LedgerFormat.objects.first() or LedgerFormat()
    layout = ledger_layout(how)
    rows = new_rows(with_payments=how.with_payments)
    lines, notes = (rows[one][:SHOWN_OF_NEXT] for one in ("invoice_line", "credit_note"))
    first = [*map(item_of_line, lines), *map(item_of_credit_note, notes)][:SHOWN_OF_NEXT]
    counted, *others = (
        found.order_by().values(which=Value(source)).annotate(number=Count("pk"))
        for source, found in rows.items()
    )
    return NextExport(
        headings=tuple(column.heading for column in layout.columns),
        first=[cells_of(item, layout, 0) for item in first],
        count=sum(row["number"] for row in counted.union(*others, all=True)),
        obstacles=layout_reasons(layout, first),
    )


def batches() -> QuerySet[LedgerBatch]:
    """All exports, the newest first."""
    found: QuerySet[LedgerBatch] = LedgerBatch.objects.select_related("made_by__user")
    return found.prefetch_related("downloads")


def file_columns(batch: LedgerBatch, *, copy: bool) -> dict[str, Callable[[list[str]], Any]]:
    """For each heading of an export, what of a row stands under it."""

    def reader(place: int, column: FileColumn) -> Callable[[list[str]], str | Decimal]:
        return lambda cells: value_for_file(cells[place], column, copy=copy)

    return {
        heading: reader(place, FileColumn(heading, LedgerField(what)))
        for place, (heading, what) in enumerate(batch.columns)
    }


def file_rows(batch: LedgerBatch) -> Iterator[list[str]]:
    """The rows of an export, in its order."""
    return batch.entries.values_list("cells", flat=True).iterator(chunk_size=1000)
