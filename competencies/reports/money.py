"""What agencies owe, as their leads may see it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from finance.models import Charge, CreditNote, Invoice
from finance.reports.debt import account_of
from finance.rules.debt import Account
from finance.rules.einvoices import einvoice_reasons
from finance.terms.debt import standing_invoices
from finance.terms.einvoices import facts_of_credit_note, facts_of_invoice

AgencyIds = Iterable[int]


def charges_to(agencies: AgencyIds) -> QuerySet[Charge]:
    """Charges for staff of these agencies, the latest first."""
    rows = Charge.objects.filter(agency__in=agencies).select_related(
        "booking__event__course", "booking__membership__user", "agency", "invoice_line__invoice"
    )
    # The invoice's PDF is large and not shown here.
    found: QuerySet[Charge] = rows.defer("invoice_line__invoice__pdf")
    return found.order_by("-arose_on", "-pk")


def invoices_to(agencies: AgencyIds) -> QuerySet[Invoice]:
    """Invoices to these agencies, with what is still owed on each."""
    rows = standing_invoices().filter(agency__in=agencies)
    notes = Prefetch("credit_notes", CreditNote.objects.select_related("line").defer("pdf"))
    return rows.prefetch_related(notes, "lines").order_by("-issued_on", "-pk")


def einvoiced(invoices: Iterable[Invoice]) -> set[str]:
    """Numbers of those invoices, and of their credit notes, that have an e-invoice. No query if read as above."""
    found: set[str] = set()
    for invoice in invoices:
        notes = invoice.credit_notes.all()
        documents = [facts_of_invoice(invoice, invoice.lines.all())]
        documents += [facts_of_credit_note(note) for note in notes]
        found |= {one.number for one in documents if not einvoice_reasons(one)}
    return found


def account_with(agencies: AgencyIds) -> Account:
    """What these agencies owe, and what is held for them."""
    return account_of(invoices_to(agencies))


def credit_notes_to(agencies: AgencyIds) -> QuerySet[CreditNote]:
    """Credit notes for invoices to these agencies."""
    found: QuerySet[CreditNote] = CreditNote.objects.filter(invoice__agency__in=agencies)
    return found
