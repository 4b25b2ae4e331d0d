"""Agencies as debtors: aged debt, one agency's statement, and where its invoices go."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bookings.rules.money import NOTHING
from finance.documents.papers import statement_pdf
from finance.forms.pages import BillingDetailsForm, SendForm
from finance.models import Charge, StatementEmail
from finance.operations.set_billing_details import set_billing_details
from finance.reports.account import live_orders
from finance.reports.debt import aged_debt
from finance.rules.debt import Account, AgeBand
from finance.terms.statements import statement_of
from finance.views.invoices import as_pdf, status_shown
from finance.views.overview import done
from outbox.models import Message
from partnerships.access import MemberRequest, requires
from partnerships.models import Agency
from partnerships.rules.roles import Permission

EMAILS_SHOWN = 5
BILLING_DETAILS = (
    "address",
    "postcode",
    "finance_email",
    "purchase_order",
    "purchase_order_required",
    "electronic_scheme",
    "electronic_address",
    "ledger_code",
)


@requires(Permission.MANAGE_MONEY)
def debts(request: MemberRequest) -> HttpResponse:
    """Who owes how much and for how long, and for whom money is held."""
    debtors = aged_debt(timezone.localdate())
    accounts = [debtor.account for debtor in debtors]
    context = {
        "bands": list(AgeBand),
        "debtors": debtors,
        "totals": [sum((one.bands[band] for one in debtors), NOTHING) for band in AgeBand],
        "account": Account(
            sum((one.owed for one in accounts), NOTHING),
            sum((one.held for one in accounts), NOTHING),
        ),
    }
    return render(request, "finance/debts.html", context)


@requires(Permission.MANAGE_MONEY)
def statement(request: MemberRequest, reference: str) -> HttpResponse:
    """Everything invoiced to one agency, what it still owes and what is held for it."""
    agency = get_object_or_404(Agency, reference=reference)
    context = statement_of(agency, timezone.localdate())
    context["rows"] = [(invoice, *status_shown(invoice)) for invoice in context["invoices"]]
    context["orders"] = live_orders(agency)
    context["not_invoiced"] = Charge.objects.approved().filter(agency=agency).count()
    context["waiting"] = StatementEmail.objects.waiting().filter(agency=agency).count()
    mails = Message.objects.filter(about=agency.reference, key__startswith="statement:")
    context["mails"] = mails.defer("text", "html", "attachments")[:EMAILS_SHOWN]
    context["send"] = SendForm()
    return render(request, "finance/statement.html", context)


@requires(Permission.MANAGE_MONEY)
def statement_as_pdf(request: MemberRequest, reference: str) -> HttpResponse:
    agency = get_object_or_404(Agency, reference=reference)
    context = statement_of(agency, timezone.localdate())
    return as_pdf(f"statement-{agency.reference}", statement_pdf(context))


@requires(Permission.MANAGE_MONEY)
def billing_details(request: MemberRequest, reference: str) -> HttpResponse:
    """Where the agency's invoices go, and its order number."""
    agency = get_object_or_404(Agency, reference=reference)
    known = {name: getattr(agency, name) for name in BILLING_DETAILS}
    form = BillingDetailsForm(request.POST or None, initial=known)
    saved = done(request, form, lambda: set_billing_details(agency=agency, **form.cleaned_data))
    if saved is not None:
        messages.success(request, "Saved. New invoices will use these details.")
        return redirect("statement", reference)
    return render(request, "finance/billing_details.html", {"agency": agency, "form": form})
