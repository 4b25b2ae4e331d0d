"""What an agency owes: read-only, for its lead. Paying and disputing are on the finance pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.transaction import non_atomic_requests
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from bookings.access import agencies_answered_for
from bookings.rules.prices import ChargeKind
from competencies.reports.money import (
    account_with,
    charges_to,
    credit_notes_to,
    einvoiced,
    invoices_to,
)
from finance.models import Charge, Invoice
from finance.reports.debt import status_on
from finance.rules.debt import InvoiceStatus
from finance.rules.states import ChargeState
from partnerships.access import MemberRequest, requires
from partnerships.rules.roles import Permission
from partnerships.spreadsheets import csv_response

PER_PAGE = 30
# Agencies read what a state means for them, not what finance has to do.
STATES = {
    ChargeState.NEEDS_DECISION: "Being checked",
    ChargeState.TO_REVIEW: "Being checked",
    ChargeState.APPROVED: "To be invoiced",
    ChargeState.INVOICED: "Invoiced",
    ChargeState.WAIVED: "Waived",
}
COLUMNS: dict[str, Callable[[Charge], Any]] = {
    "date": lambda row: row.arose_on,
    "agency": lambda row: row.agency.name,
    "person": lambda row: row.booking.membership.user.full_name,
    "course": lambda row: row.booking.event.course.title,
    "kind": lambda row: ChargeKind(row.kind).label,
    "state": lambda row: STATES[ChargeState(row.state)],
    "amount": lambda row: row.amount,
    "clause": lambda row: row.why.clause,
    "invoice": lambda row: row.invoice_number,
    "extra_costs": lambda row: "; ".join(row.extra_costs),
}
INVOICE_COLOURS = {
    InvoiceStatus.OVERDUE: "red",
    InvoiceStatus.OPEN: "blue",
    InvoiceStatus.PART_PAID: "yellow",
    InvoiceStatus.PAID: "green",
    InvoiceStatus.HELD: "purple",
}


@requires(Permission.ANSWER_FOR_AGENCY)
@non_atomic_requests
def agency_money(request: MemberRequest) -> HttpResponse:
    """Invoices and charges of the reader's agencies, with the clause and arithmetic of each charge."""
    today = timezone.localdate()
    own = agencies_answered_for(request.membership, today)
    invoices = Paginator(invoices_to(own), PER_PAGE).get_page(request.GET.get("invoices"))
    charges = Paginator(charges_to(own), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row, status_on(row, today)) for row in invoices.object_list]
    context = {
        "account": account_with(own),
        "invoices": invoices,
        "invoice_rows": [
            (row, status, INVOICE_COLOURS.get(status, "grey")) for row, status in rows
        ],
        "einvoices": einvoiced(invoices.object_list),
        "charges": charges,
        "charge_rows": [
            (row, ChargeKind(row.kind).label, STATES[ChargeState(row.state)])
            for row in charges.object_list
        ],
    }
    return render(request, "competencies/agency_money.html", context)


@requires(Permission.ANSWER_FOR_AGENCY)
@non_atomic_requests
def agency_charges_csv(request: MemberRequest) -> HttpResponse:
    """All charges of the reader's agencies, as a CSV file."""
    own = agencies_answered_for(request.membership, timezone.localdate())
    return csv_response("charges.csv", COLUMNS, charges_to(own))


@requires(Permission.ANSWER_FOR_AGENCY)
@non_atomic_requests
def agency_invoice_pdf(request: MemberRequest, number: str) -> HttpResponse:
    """The invoice as it was issued, if it is to one of the reader's agencies."""
    own = agencies_answered_for(request.membership, timezone.localdate())
    found = get_object_or_404(Invoice.objects.filter(agency__in=own), number=number)
    return pdf_response(found.number, bytes(found.pdf))


@requires(Permission.ANSWER_FOR_AGENCY)
@non_atomic_requests
def agency_credit_note_pdf(request: MemberRequest, number: str) -> HttpResponse:
    """The credit note as it was issued, if it is to one of the reader's agencies."""
    own = agencies_answered_for(request.membership, timezone.localdate())
    found = get_object_or_404(credit_notes_to(own), number=number)
    return pdf_response(found.number, bytes(found.pdf))


def pdf_response(number: str, content: bytes) -> HttpResponse:
    """A stored document, which never changes."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    return response
