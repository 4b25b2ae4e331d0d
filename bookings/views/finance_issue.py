"""Issue an invoice, correct it, enter what was paid."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bookings.forms.finance import CreditForm, IssueForm, PaymentForm, WriteOffForm
from bookings.models import Charge, Invoice, InvoiceLine
from bookings.operations.issue_credit_note import issue_credit_note
from bookings.operations.issue_invoice import issue_invoice
from bookings.operations.record_payment import record_payment
from bookings.operations.refused import Refused
from bookings.operations.write_off import write_off
from bookings.reports.charges import with_details
from bookings.reports.debt import left_on, standing_invoices
from bookings.reports.runs import agencies_ready
from bookings.views.finance import told
from partnerships.access import MemberRequest, requires
from partnerships.models import Agency
from partnerships.rules.roles import Permission


@requires(Permission.MANAGE_MONEY)
def new_invoice(request: MemberRequest) -> HttpResponse:
    """Choose an agency, then the charges that go on one invoice."""
    wanted = request.GET.get("agency", "")
    if not wanted:
        ready_to_choose = {"agencies": agencies_ready()}
        return render(request, "bookings/finance/new_invoice.html", ready_to_choose)
    agency = get_object_or_404(Agency, reference=wanted)
    ready = with_details(Charge.objects.ready_to_invoice().filter(agency=agency))
    form = IssueForm(request.POST or None, charges=ready)
    if request.method == "POST" and form.is_valid():
        try:
            made = issue_invoice(
                agency=agency,
                charges=form.cleaned_data["charges"],
                by=request.membership,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, told(refused))
        else:
            messages.success(request, f"Invoice {made.number} is issued.")
            return redirect(made)
    context = {"agency": agency, "form": form, "ready": form.fields["charges"].choices}  # type: ignore[attr-defined]
    return render(request, "bookings/finance/issue.html", context)


@requires(Permission.MANAGE_MONEY)
def credit(request: MemberRequest, number: str, position: int) -> HttpResponse:
    """Credit one line of an invoice."""
    lines = InvoiceLine.objects.select_related("invoice").defer("invoice__pdf")
    line = get_object_or_404(lines, invoice__number=number, position=position)
    left = left_on(line).gross
    start = {"amount": left, "agreed_on": timezone.localdate()}
    form = CreditForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            note = issue_credit_note(
                line=line, by=request.membership, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error("amount", told(refused))
        else:
            messages.success(request, f"Credit note {note.number} is issued.")
            return redirect("invoice", number)
    context = {"invoice": line.invoice, "line": line, "left": left, "form": form}
    return render(request, "bookings/finance/credit.html", context)


@requires(Permission.MANAGE_MONEY)
def payment(request: MemberRequest, number: str) -> HttpResponse:
    """Enter money that came in."""
    invoice = get_object_or_404(standing_invoices(), number=number)
    start = {"amount": invoice.balance, "received_on": timezone.localdate()}
    form = PaymentForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            record_payment(
                invoice=invoice, by=request.membership, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error("amount", told(refused))
        else:
            messages.success(request, "The payment is entered.")
            return redirect("invoice", number)
    context = {"invoice": invoice, "form": form}
    return render(request, "bookings/finance/payment.html", context)


@requires(Permission.MANAGE_MONEY)
def write_off_debt(request: MemberRequest, number: str) -> HttpResponse:
    """Give up what is still owed of an invoice."""
    invoice: Invoice = get_object_or_404(standing_invoices(), number=number)
    form = WriteOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            write_off(
                invoice=invoice,
                reason=form.cleaned_data["reason"],
                by=request.membership,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, told(refused))
        else:
            messages.success(request, "The rest of this invoice is written off.")
            return redirect("invoice", number)
    context = {"invoice": invoice, "form": form}
    return render(request, "bookings/finance/write_off.html", context)
