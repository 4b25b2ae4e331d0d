"""An agency's invoices, for its finance contact: read, download, order numbers, disputes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bookings.rules.prices import ChargeKind
from finance.access import Contact, agencies_paid_for
from finance.documents.papers import statement_pdf
from finance.forms.contact import DisputeForm, OrderForm
from finance.models import Charge, CreditNote, Invoice, InvoiceLine
from finance.operations.give_order_number import give_order_number
from finance.operations.raise_dispute import raise_dispute
from finance.operations.withdraw_order_number import withdraw_order_number
from finance.reports.account import (
    ACCOUNT_COLUMNS,
    account_invoices,
    account_lines,
    charges_to_come,
    events_to_order_for,
    live_orders,
)
from finance.reports.debt import InvoiceRow, account_of, status_on
from finance.rules.disputes import DisputeState, Objection, objection_reasons
from finance.rules.states import ChargeState
from finance.terms.debt import left_on, standing_invoices
from finance.terms.disputes import agreed_left
from finance.terms.statements import statement_of
from finance.views.invoices import as_pdf, status_shown
from finance.views.overview import done
from govuk.paging import page_of
from partnerships.access import MemberRequest, TenantRequest, requires
from partnerships.rules.roles import Permission
from partnerships.spreadsheets import csv_response

DISPUTE_COLOURS = {
    DisputeState.OPEN: "yellow",
    DisputeState.STANDS: "grey",
    DisputeState.REDUCED: "green",
}


@requires(Permission.PAY_FOR_AGENCY)
def accounts(request: MemberRequest) -> HttpResponse:
    """The agency that the reader works for; a choice if there are several."""
    agencies = list(agencies_paid_for(request.membership, timezone.localdate()))
    if len(agencies) == 1:
        return redirect("contact_account", agencies[0].reference)
    return render(request, "finance/account/agencies.html", {"agencies": agencies})


def page(
    request: TenantRequest, contact: Contact, template: str, context: dict[str, Any]
) -> HttpResponse:
    """A page of the account, with the addresses of its parts by the reader's own door."""
    parts = {
        "invoices_url": contact.address("contact_account"),
        "orders_url": contact.address("contact_orders"),
    }
    shown = {"agency": contact.agency, "signed_in": contact.membership is not None}
    return render(request, f"finance/account/{template}.html", parts | shown | context)


def agency_account(request: TenantRequest, contact: Contact) -> HttpResponse:
    """What is owed and held, and every invoice with its documents."""
    invoices = account_invoices(contact.agency)
    shown, problem = page_of(invoices, request.GET.get("page"))
    rows = [
        {
            "invoice": invoice,
            "status": status_shown(invoice),
            "url": contact.address("contact_invoice", invoice.number),
            "documents": [
                (one, contact.address("contact_document", one.number))
                for one in (invoice, *invoice.credit_notes.all())
            ],
        }
        for invoice in shown
    ]
    context = {
        "account": account_of(standing_invoices().filter(agency=contact.agency)),
        "page": shown,
        "page_problem": problem,
        "rows": rows,
        "statement_url": contact.address("contact_statement"),
        "csv_url": contact.address("contact_invoices_csv"),
    }
    return page(request, contact, "invoices", context)


def invoices_file(request: TenantRequest, contact: Contact) -> HttpResponse:
    """The same list as a file."""
    today = timezone.localdate()
    rows = (InvoiceRow(one, status_on(one, today)) for one in account_invoices(contact.agency))
    return csv_response("invoices.csv", ACCOUNT_COLUMNS, rows)


def statement_document(request: TenantRequest, contact: Contact) -> HttpResponse:
    context = statement_of(contact.agency, timezone.localdate())
    return as_pdf(f"statement-{contact.agency.reference}", statement_pdf(context))


def issued_document(request: TenantRequest, contact: Contact, number: str) -> HttpResponse:
    """An invoice or a credit note as it was issued: no two documents share a number."""
    invoice = Invoice.objects.filter(agency=contact.agency, number=number)
    note = CreditNote.objects.filter(invoice__agency=contact.agency, number=number)
    found = invoice.first() or note.first()
    if found is None:
        raise Http404
    return as_pdf(found.number, bytes(found.pdf))


def invoice_lines(request: TenantRequest, contact: Contact, number: str) -> HttpResponse:
    """One invoice line by line, with what was said against each, and the way to dispute it."""
    rows = standing_invoices().filter(agency=contact.agency)
    invoice = get_object_or_404(rows, number=number)
    lines = []
    for line in account_lines(invoice):
        disputes = [(one, DISPUTE_COLOURS[DisputeState(one.state)]) for one in line.disputes.all()]
        against = objection_reasons(
            line.gross - line.credited,
            is_open=any(one.state == DisputeState.OPEN for one, _ in disputes),
            agreed=agreed_left(line),
        )
        url = contact.address("contact_dispute", number, line.position)
        lines.append((line, disputes, "" if against else url))
    context = {
        "invoice": invoice,
        "status": status_shown(invoice),
        "lines": lines,
        "document_url": contact.address("contact_document", number),
    }
    return page(request, contact, "invoice", context)


def dispute_line(
    request: TenantRequest, contact: Contact, number: str, position: int
) -> HttpResponse:
    """Say what is wrong with a line."""
    lines = InvoiceLine.objects.select_related("invoice").defer("invoice__pdf")
    lines = lines.filter(invoice__agency=contact.agency)
    line = get_object_or_404(lines, invoice__number=number, position=position)
    form = DisputeForm(request.POST or None)
    raised = done(
        request,
        form,
        lambda: raise_dispute(
            line=line,
            objection=Objection(form.cleaned_data["objection"]),
            text=form.cleaned_data["text"],
            by=contact,
            at=timezone.now(),
        ),
    )
    back = contact.address("contact_invoice", number)
    if raised is not None:
        said = (
            f"We have received your dispute. We will email our answer to {contact.email}, and will not"
            " send reminders until then."
        )
        messages.success(request, said)
        return redirect(back)
    context = {"line": line, "left": left_on(line).gross, "form": form, "back_url": back}
    return page(request, contact, "dispute", context)


def orders(request: TenantRequest, contact: Contact) -> HttpResponse:
    """The order numbers that invoices will show, the charges they are for, and the form that gives another."""
    now = timezone.now()
    form = OrderForm(request.POST or None, events=events_to_order_for(contact.agency, now))
    given = done(request, form, lambda: give_order_number(by=contact, at=now, **form.wanted))
    if given is not None:
        said = f"Saved. Invoices that we issue from now on show {given.number} for these charges."
        messages.success(request, said)
        return redirect(contact.address("contact_orders"))
    shown, problem = page_of(charges_to_come(contact.agency), request.GET.get("page"))
    context = {
        "form": form,
        "standing": contact.agency.purchase_order,
        "orders": [
            (one, contact.address("contact_withdraw_order", one.pk))
            for one in live_orders(contact.agency)
        ],
        "page": shown,
        "page_problem": problem,
        "charges": [(one, ChargeKind(one.kind).label, *stage_of(one)) for one in shown],
    }
    return page(request, contact, "orders", context)


def stage_of(charge: Charge) -> tuple[str, str]:
    """How far a charge is from its invoice, for the agency: words and a colour."""
    if charge.state != ChargeState.APPROVED:
        return "Being checked", "grey"
    if charge.awaits_purchase_order:
        return "Waiting for an order number", "orange"
    return "To be invoiced", "blue"


def withdraw_order(request: TenantRequest, contact: Contact, pk: int) -> HttpResponse:
    """Ask, then take a number back."""
    order = get_object_or_404(live_orders(contact.agency), pk=pk)
    back = contact.address("contact_orders")
    if request.method == "POST":
        withdraw_order_number(order=order, at=timezone.now())
        messages.success(request, f"{order.number} has been withdrawn.")
        return redirect(back)
    return page(request, contact, "withdraw", {"order": order, "back_url": back})
