"""Issued invoices and credit notes: lists, pages, documents."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from bookings.access import agencies_answered_for
from bookings.forms.finance import InvoiceFilter
from bookings.models import CreditNote, Invoice
from bookings.reports.charges import agencies_with_charges
from bookings.reports.debt import (
    INVOICE_COLUMNS,
    held_for,
    invoice_rows,
    invoices_wanted,
    lines_of,
    months_with_invoices,
    movements_of,
    settlement_of,
    standing_invoices,
)
from bookings.rules.debt import Settlement
from bookings.rules.invoicing import lateness_of_credit, order_number_missing
from bookings.views.catalogue import page_of
from partnerships.access import MemberRequest, member, requires
from partnerships.csv import csv_response
from partnerships.models import Message
from partnerships.rules.roles import Permission

SETTLEMENT_COLOURS = {
    Settlement.OPEN: "blue",
    Settlement.OVERDUE: "red",
    Settlement.PART_PAID: "yellow",
    Settlement.PAID: "green",
    Settlement.HELD: "purple",
    Settlement.CREDITED: "grey",
    Settlement.WRITTEN_OFF: "grey",
}


def filter_of(request: MemberRequest) -> InvoiceFilter:
    """The filter that the address asks for."""
    return InvoiceFilter(
        request.GET, agencies=agencies_with_charges(), months=months_with_invoices()
    )


def standing(invoice: Invoice) -> tuple[str, str]:
    """How it stands today, in words and a colour."""
    state = settlement_of(invoice, timezone.localdate())
    return state.label, SETTLEMENT_COLOURS[state]


@requires(Permission.MANAGE_MONEY)
def invoices(request: MemberRequest) -> HttpResponse:
    """The list, filtered by the address."""
    form = filter_of(request)
    wanted = invoices_wanted(timezone.localdate(), **form.wanted)
    page, problem = page_of(wanted, request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "page_problem": problem,
        "rows": [(invoice, *standing(invoice)) for invoice in page],
    }
    return render(request, "bookings/finance/invoices.html", context)


@requires(Permission.MANAGE_MONEY)
def invoices_csv(request: MemberRequest) -> HttpResponse:
    """The same list as a file."""
    today = timezone.localdate()
    rows = invoice_rows(invoices_wanted(today, **filter_of(request).wanted), today)
    return csv_response("invoices.csv", INVOICE_COLUMNS, rows)


@requires(Permission.MANAGE_MONEY)
def invoice(request: MemberRequest, number: str) -> HttpResponse:
    """One invoice: lines, credits, movements of money, mails, and what can be done."""
    found = get_object_or_404(standing_invoices().select_related("agency"), number=number)
    words, colour = standing(found)
    notes = found.credit_notes.defer("pdf").select_related("line")
    context = {
        "invoice": found,
        "words": words,
        "colour": colour,
        "lines": lines_of(found),
        "notes": [(note, lateness_of_credit(note.agreed_on, note.issued_on)) for note in notes],
        "movements": movements_of(found),
        "held_elsewhere": held_for(found) if found.owed else [],
        "mails": Message.objects.filter(about=number).defer("text", "html", "attachments"),
        "awaits_order": order_number_missing(
            found.agency.purchase_order_required, found.purchase_order
        ),
    }
    return render(request, "bookings/finance/invoice.html", context)


@member
def invoice_pdf(request: MemberRequest, number: str) -> HttpResponse:
    """The document as it was issued; finance, and whoever answers for the agency."""
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
    """Whether an agency's documents are this person's business."""
    if request.membership.may(Permission.MANAGE_MONEY):
        return True
    return invoice.agency_id in agencies_answered_for(request.membership, timezone.localdate())


def as_pdf(name: str, content: bytes) -> HttpResponse:
    """A stored document."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
