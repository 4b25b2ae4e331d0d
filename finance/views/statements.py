"""Statements by email: to one agency, or to all with a balance."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from bookings.rules.money import NOTHING
from finance.forms.pages import SendAllForm, SendForm
from finance.operations.email_open_statements import email_open_statements
from finance.operations.email_statement import email_statement
from finance.terms.statements import open_accounts
from finance.views.overview import told
from govuk.rules.phrases import counted
from partnerships.access import MemberRequest, requires
from partnerships.models import Agency
from partnerships.rules.refused import Refused
from partnerships.rules.roles import Permission


@requires(Permission.MANAGE_MONEY)
@require_POST
def send_statement_to(request: MemberRequest, reference: str) -> HttpResponse:
    """Email one agency its statement."""
    agency = get_object_or_404(Agency, reference=reference)
    form = SendForm(request.POST)
    if not form.is_valid():
        messages.error(request, "The statement has not been sent. Send it again.")
        return redirect("statement", reference)
    try:
        email_statement(
            agency=agency,
            key=form.cleaned_data["entry_key"],
            by=request.membership,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.error(request, told(refused))
    else:
        messages.success(request, f"The statement will be emailed to {agency.finance_email}.")
    return redirect("statement", reference)


@requires(Permission.MANAGE_MONEY)
def all_statements(request: MemberRequest) -> HttpResponse:
    """Who would get a statement, with what balance, before they are sent all at once."""
    if request.method == "POST":
        return send_all(request)
    accounts = open_accounts()
    reached = [(agency, account) for agency, account in accounts if agency.finance_email]
    total = sum((account.net for _, account in reached), NOTHING)
    context = {
        "reached": reached,
        "unreached": [
            (agency, account) for agency, account in accounts if not agency.finance_email
        ],
        "total": total,
        "send": SendAllForm(initial={"count": len(reached), "total": total, "entry_key": uuid4()}),
    }
    return render(request, "finance/statements.html", context)


def send_all(request: MemberRequest) -> HttpResponse:
    """As previewed."""
    form = SendAllForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Check the balances again, then send the statements.")
        return redirect("all_statements")
    said = form.cleaned_data
    try:
        sent = email_open_statements(
            reviewed=(said["count"], said["total"]),
            key=said["entry_key"],
            by=request.membership,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.error(request, told(refused))
        return redirect("all_statements")
    messages.success(request, f"{counted(sent, 'statement')} will be emailed in the background.")
    return redirect("debts")
