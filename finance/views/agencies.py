"""Agencies as debtors: aged debt, one agency's statement, and where its invoices go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bookings.rules.money import NOTHING
from finance.documents.papers import statement_pdf
from finance.forms.pages import BillingDetailsForm
from finance.models import BillingProfile, Charge
from finance.operations.set_billing_details import set_billing_details
from finance.reports.debt import aged_debt, invoices_wanted
from finance.rules.debt import Account, AgeBand
from finance.views.invoices import as_pdf, status_shown
from partnerships.access import MemberRequest, requires
from partnerships.models import Agency
from partnerships.rules.roles import Permission

BILLING_DETAILS = (
    "address",
    "postcode",
    "finance_email",
    "purchase_order",
    "purchase_order_required",
    "electronic_scheme",
    "electronic_address",
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
    context = statement_of(agency)
    context["rows"] = [(invoice, *status_shown(invoice)) for invoice in context["invoices"]]
    context["not_invoiced"] = Charge.objects.approved().filter(agency=agency).count()
    return render(request, "finance/statement.html", context)


@requires(Permission.MANAGE_MONEY)
def statement_as_pdf(request: MemberRequest, reference: str) -> HttpResponse:
    agency = get_object_or_404(Agency, reference=reference)
    context = statement_of(agency) | {"profile": BillingProfile.objects.first()}
    return as_pdf(f"statement-{agency.reference}", statement_pdf(context))


def statement_of(agency: Agency) -> dict[str, Any]:
    """The agency's invoices, oldest first, and its account."""
    today = timezone.localdate()
    invoices = list(invoices_wanted(today, agency=agency.reference).order_by("issued_on", "pk"))
    return {
        "agency": agency,
        "today": today,
        "invoices": invoices,
        "account": Account.of(invoice.balance for invoice in invoices),
        "written_off": any(invoice.written_off for invoice in invoices),
    }


@requires(Permission.MANAGE_MONEY)
def billing_details(request: MemberRequest, reference: str) -> HttpResponse:
    """Where the agency's invoices go, and its order number."""
    agency = get_object_or_404(Agency, reference=reference)
    known = {name: getattr(agency, name) for name in BILLING_DETAILS}
    form = BillingDetailsForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        set_billing_details(agency=agency, **form.cleaned_data)
        messages.success(request, "Saved. New invoices will use these details.")
        return redirect("statement", reference)
    return render(request, "finance/billing_details.html", {"agency": agency, "form": form})
