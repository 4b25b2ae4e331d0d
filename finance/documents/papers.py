"""Finance documents, each rendered once to a tagged PDF."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from finance.models import CreditNote, Invoice, InvoiceLine
from finance.rules.states import DocumentKind
from finance.rules.vat import VatCode, VatTreatment, vat_wording
from partnerships.documents import PAPER, pdf_of


def invoice_pdf(invoice: Invoice, lines: Sequence[InvoiceLine]) -> bytes:
    """An invoice with everything that a payer's system asks for (docs/domain/rules.md, invoices)."""
    return pdf_of(
        "finance/pdf/invoice.html",
        {
            "kind": DocumentKind.INVOICE.label,
            "document": invoice,
            "issuer": invoice.issuer,
            "lines": [(line, vat_words(line)) for line in lines],
            "vat": vat_summary(lines),
        },
        style=PAPER,
    )


def credit_note_pdf(note: CreditNote) -> bytes:
    """A credit note: the invoice and the line it corrects, and why."""
    return pdf_of(
        "finance/pdf/credit_note.html",
        {
            "kind": DocumentKind.CREDIT_NOTE.label,
            "document": note,
            "issuer": note.invoice.issuer,
            "invoice": note.invoice,
            "line": note.line,
            "vat_words": vat_words(note.line),
        },
        style=PAPER,
    )


def statement_pdf(context: dict[str, Any]) -> bytes:
    """What an agency owes, on a day."""
    return pdf_of("finance/pdf/statement.html", context, style=PAPER)


def vat_summary(lines: Sequence[InvoiceLine]) -> list[dict[str, Any]]:
    """Net and VAT for each treatment on the document, with its wording."""
    ordered = sorted(lines, key=vat_words)
    return [
        {"words": words, "net": total(group, "net"), "vat": total(group, "vat")}
        for words, group in ((words, list(rows)) for words, rows in groupby(ordered, key=vat_words))
    ]


def vat_words(line: InvoiceLine) -> str:
    """The rate, or why there is none, without a full stop that was typed with the reason."""
    treatment = VatTreatment(VatCode(line.vat_code), line.vat_rate, line.vat_reason)
    return vat_wording(treatment).rstrip(".")


def total(lines: Sequence[InvoiceLine], column: str) -> Decimal:
    """The sum of one column, in pounds."""
    return sum((getattr(line, column) for line in lines), Decimal(0))
