"""Issued invoices and credit notes: lists, pages, documents."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from bookings.access import agencies_answered_for
from finance.forms.pages import InvoiceFilter
from finance.models import CreditNote, Dispute, Invoice
from finance.reports.charges import agencies_with_charges
from finance.reports.debt import (
    INVOICE_COLUMNS,
    InvoiceRow,
    held_for,
    invoices_wanted,
    lines_with_credit,
    months_with_invoices,
    movements_of,
    status_on,
)
from finance.rules.debt import InvoiceStatus
from finance.rules.einvoices import einvoice_reasons
from finance.rules.invoicing import lateness_of_credit, order_number_missing
from finance.terms.debt import standing_invoices
from finance.terms.einvoices import facts_of_credit_note, facts_of_invoice
from govuk.paging import page_of
from outbox.models import Message
from partnerships.access import MemberRequest, member, requires
from partnerships.rules.roles import Permission
from partnerships.spreadsheets import csv_response

STATUS_COLOURS = {
    InvoiceStatus.OPEN: "blue",
    InvoiceStatus.OVERDUE: "red",
    InvoiceStatus.PART_PAID: "yellow",
    InvoiceStatus.PAID: "green",
    InvoiceStatus.HELD: "purple",
    InvoiceStatus.CREDITED: "grey",
    InvoiceStatus.WRITTEN_OFF: "grey",
}


def filter_of(request: MemberRequest) -> InvoiceFilter:
    return InvoiceFilter(
        request.GET, agencies=agencies_with_charges(), months=months_with_invoices()
    )


def status_shown(invoice: Invoice) -> tuple[str, str]:
    """Its status today, in words and a colour."""
    state = status_on(invoice, timezone.localdate())
    return state.label, STATUS_COLOURS[state]


@requires(Permission.MANAGE_MONEY)
def invoices(request: MemberRequest) -> HttpResponse:
    """The list, filtered by the query string."""
    form = filter_of(request)
    wanted = invoices_wanted(timezone.localdate(), **form.wanted)
    page, problem = page_of(wanted, request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "page_problem": problem,
        "rows": [(invoice, *status_shown(invoice)) for invoice in page],
    }
    return render(request, "finance/invoices.html", context)


@requires(Permission.MANAGE_MONEY)
def invoices_csv(request: MemberRequest) -> HttpResponse:
    """The same list as a file."""
    today = timezone.localdate()
    found = invoices_wanted(today, **filter_of(request).wanted).iterator(chunk_size=500)
    rows = (InvoiceRow(one, status_on(one, today)) for one in found)
    return csv_response("invoices.csv", INVOICE_COLUMNS, rows)


@requires(Permission.MANAGE_MONEY)
def invoice(request: MemberRequest, number: str) -> HttpResponse:
    """One invoice: lines, credits, movements of money, emails, and what can be done."""
    found = get_object_or_404(
        standing_invoices().select_related("agency", "delivery"), number=number
    )
    words, colour = status_shown(found)
    lines = list(lines_with_credit(found))
    notes = found.credit_notes.defer("pdf").select_related("line", "delivery")
    context = {
        "invoice": found,
        "words": words,
        "colour": colour,
        "lines": lines,
        "no_einvoice": einvoice_reasons(facts_of_invoice(found, lines)),
        "notes": [
            (
                note,
                lateness_of_credit(note.agreed_on, note.issued_on),
                einvoice_reasons(facts_of_credit_note(note)),
            )
            for note in notes
        ],
        "movements": movements_of(found),
        "held_elsewhere": held_for(found) if found.owed else [],
        "mails": Message.objects.filter(about=number).defer("text", "html", "attachments"),
        "disputes": Dispute.objects.filter(line__invoice=found).select_related("line"),
        "awaits_order": order_number_missing(
            found.agency.purchase_order_required, found.purchase_order
        ),
    }
    return render(request, "finance/invoice.html", context)


@member
def invoice_pdf(request: MemberRequest, number: str) -> HttpResponse:
    """The document as it was issued, for finance and for people who answer for the agency."""
    found = get_object_or_404(Invoice, number=number)
    if not may_read(request, found):
        raise Http404
    return as_pdf(found.number, bytes(found.pdf))


@member
def credit_note_pdf(request: MemberRequest, number: str) -> HttpResponse:
    """The document as it was issued, for the same people."""
    found = get_object_or_404(CreditNote.objects.select_related("invoice"), number=number)
    if not may_read(request, found.invoice):
        raise Http404
    return as_pdf(found.number, bytes(found.pdf))


def may_read(request: MemberRequest, invoice: Invoice) -> bool:
    """Whether this person may see an agency's documents."""
    if request.membership.may(Permission.MANAGE_MONEY):
        return True
    return invoice.agency_id in agencies_answered_for(request.membership, timezone.localdate())


def as_pdf(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
