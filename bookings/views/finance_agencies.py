"""Agencies as debtors: the aged debt, and one agency's statement."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bookings.documents.papers import statement_pdf
from bookings.forms.finance import PurchaseOrderForm
from bookings.models import BillingProfile, Charge
from bookings.operations.set_purchase_order import set_purchase_order
from bookings.reports.debt import aged_debt, invoices_wanted
from bookings.rules.debt import AgeBand
from bookings.rules.money import NOTHING
from bookings.views.finance_invoices import as_pdf, standing
from partnerships.access import MemberRequest, requires
from partnerships.models import Agency
from partnerships.rules.roles import Permission


@requires(Permission.MANAGE_MONEY)
def debts(request: MemberRequest) -> HttpResponse:
    """Who owes how much, and for how long."""
    debtors = aged_debt(timezone.localdate())
    context = {
        "bands": list(AgeBand),
        "debtors": debtors,
        "totals": [sum((one.bands[band] for one in debtors), NOTHING) for band in AgeBand],
        "total": sum((one.total for one in debtors), NOTHING),
    }
    return render(request, "bookings/finance/debts.html", context)


@requires(Permission.MANAGE_MONEY)
def statement(request: MemberRequest, reference: str) -> HttpResponse:
    """Everything invoiced to one agency, and what it still owes."""
    agency = get_object_or_404(Agency, reference=reference)
    context = statement_of(agency)
    context["rows"] = [(invoice, *standing(invoice)) for invoice in context["invoices"]]
    context["not_invoiced"] = Charge.objects.approved().filter(agency=agency).count()
    return render(request, "bookings/finance/statement.html", context)


@requires(Permission.MANAGE_MONEY)
def statement_as_pdf(request: MemberRequest, reference: str) -> HttpResponse:
    """The statement to send."""
    agency = get_object_or_404(Agency, reference=reference)
    context = statement_of(agency) | {"profile": BillingProfile.objects.first()}
    return as_pdf(f"statement-{agency.reference}", statement_pdf(context))


def statement_of(agency: Agency) -> dict[str, Any]:
    """The agency's invoices, oldest first, and the sum of their balances."""
    today = timezone.localdate()
    invoices = list(invoices_wanted(today, agency=agency.reference).order_by("issued_on", "pk"))
    total = sum((invoice.balance for invoice in invoices), NOTHING)
    return {"agency": agency, "today": today, "invoices": invoices, "total": total}


@requires(Permission.MANAGE_MONEY)
def purchase_order(request: MemberRequest, reference: str) -> HttpResponse:
    """Note the agency's order number."""
    agency = get_object_or_404(Agency, reference=reference)
    known = {"number": agency.purchase_order, "required": agency.purchase_order_required}
    form = PurchaseOrderForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        set_purchase_order(agency=agency, **form.cleaned_data)
        messages.success(request, "Saved. New invoices bear this order number.")
        return redirect("statement", reference)
    return render(request, "bookings/finance/purchase_order.html", {"agency": agency, "form": form})
