"""What has not gone to the ledger yet, as rows to be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from finance.models import CreditNote, Invoice, InvoiceLine, Payment, Reversal
from finance.rules.ledger_files import LedgerItem
from finance.rules.states import DocumentKind


@dataclass(frozen=True)
class NewItem:
    """A row to export and where it comes from: ``source`` is the column of an exported row that names it."""

    item: LedgerItem
    source: str
    pk: int


def new_rows(*, with_payments: bool) -> dict[str, QuerySet[Any]]:
    """Everything that has not been exported, by source. Invoices first, because the others refer to them."""
    booking = "charge__booking__event"
    lines = InvoiceLine.objects.select_related("invoice__agency", booking)
    notes = CreditNote.objects.select_related("invoice__agency", f"line__{booking}")
    # Setting held money against another invoice moves no money, so the ledger does not see it.
    moved = Payment.objects.exclude(kind=Payment.Kind.SET_AGAINST)
    undone = Reversal.objects.exclude(payment__kind=Payment.Kind.SET_AGAINST)
    rows: dict[str, QuerySet[Any]] = {
        "invoice_line": lines.defer("invoice__pdf").order_by("invoice__issued_at", "position"),
        "credit_note": notes.defer("pdf", "invoice__pdf").order_by("issued_at", "pk"),
    }
    if with_payments:
        rows["payment"] = (
            moved.select_related("invoice__agency")
            .defer("invoice__pdf")
            .order_by("entered_at", "pk")
        )
        rows["reversal"] = (
            undone.select_related("payment__invoice__agency")
            .defer("payment__invoice__pdf")
            .order_by("made_at", "pk")
        )
    return {source: found.filter(ledger_entry__isnull=True) for source, found in rows.items()}


def new_items(*, with_payments: bool) -> Iterator[NewItem]:
    """The rows themselves, in the order of the file. One query for each source."""
    items: dict[str, Callable[[Any], LedgerItem]] = {
        "invoice_line": item_of_line,
        "credit_note": item_of_credit_note,
        "payment": item_of_payment,
        "reversal": item_of_reversal,
    }
    for source, rows in new_rows(with_payments=with_payments).items():
        for row in rows.iterator(chunk_size=500):
            yield NewItem(items[source](row), source, row.pk)


def of_invoice(invoice: Invoice) -> dict[str, Any]:
    """What every row says of its invoice, as issued; of the agency, what the ledger calls it now."""
    return {
        "invoice": invoice.number,
        "agency": invoice.customer_name,
        "agency_reference": invoice.agency.reference,
        "agency_code": invoice.agency.ledger_code,
        "purchase_order": invoice.purchase_order,
    }


def of_line(line: InvoiceLine) -> dict[str, Any]:
    """What a row says of an invoice line or of what corrects it."""
    return {
        "line": line.position,
        "supplied_on": line.supplied_on,
        "event": line.charge.booking.event.reference,
        "booking": line.charge.booking.reference,
        "charge_kind": line.charge.kind,
        "vat_treatment": line.vat_code,
        "vat_rate": line.vat_rate,
    }


def item_of_line(line: InvoiceLine) -> LedgerItem:
    return LedgerItem(
        document=DocumentKind.INVOICE.label,
        number=line.invoice.number,
        on=line.invoice.issued_on,
        due_on=line.invoice.due_on,
        description=line.description,
        net=line.net,
        vat=line.vat,
        gross=line.gross,
        **of_invoice(line.invoice),
        **of_line(line),
    )


def item_of_credit_note(note: CreditNote) -> LedgerItem:
    """Below zero: the agency owes less."""
    return LedgerItem(
        document=DocumentKind.CREDIT_NOTE.label,
        number=note.number,
        on=note.issued_on,
        description=f"{note.reason.rstrip('.')}: {note.line.description}",
        net=-note.net,
        vat=-note.vat,
        gross=-note.gross,
        **of_invoice(note.invoice),
        **of_line(note.line),
    )


def item_of_payment(entry: Payment) -> LedgerItem:
    """Money in and debts written off are below zero, refunds above."""
    return LedgerItem(
        document=entry.get_kind_display(),
        number=entry.invoice.number,
        on=entry.received_on,
        description=entry.reference,
        gross=effect_of(entry),
        **of_invoice(entry.invoice),
    )


def item_of_reversal(undone: Reversal) -> LedgerItem:
    entry = undone.payment
    return LedgerItem(
        document=f"Reversal: {entry.get_kind_display().lower()}",
        number=entry.invoice.number,
        on=timezone.localdate(undone.made_at),
        description=undone.reason,
        gross=-effect_of(entry),
        **of_invoice(entry.invoice),
    )


def effect_of(entry: Payment) -> Decimal:
    """What the agency owes more or less through a movement of money, in pounds."""
    return entry.amount if entry.kind == Payment.Kind.REFUND else -entry.amount
