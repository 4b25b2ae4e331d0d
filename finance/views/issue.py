"""Issue an invoice, and credit one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from finance.forms.pages import CreditForm, IssueForm
from finance.models import Charge, InvoiceLine
from finance.operations.issue_credit_note import issue_credit_note
from finance.operations.issue_invoice import issue_invoice
from finance.reports.charges import with_charge_details
from finance.reports.credits import CreditDue, credits_due
from finance.reports.runs import agencies_ready, events_ready
from finance.rules.invoicing import credit_note_by, lateness_of_credit
from finance.terms.charges import why_not_decide
from finance.terms.debt import left_on
from finance.terms.preparation import obstacles_to_issuing
from finance.views.overview import done
from partnerships.access import MemberRequest, requires
from partnerships.models import Agency
from partnerships.rules.roles import Permission


@requires(Permission.MANAGE_MONEY)
def new_invoice(request: MemberRequest) -> HttpResponse:
    """Choose an agency and one of the invoices it needs, then the charges on it; or a whole event."""
    wanted, order = request.GET.get("agency", ""), request.GET.get("order")
    apart = bool(request.GET.get("apart"))
    if not wanted:
        ready_to_choose = {"agencies": agencies_ready(), "events": events_ready()}
        return render(request, "finance/new_invoice.html", ready_to_choose)
    agency = get_object_or_404(Agency, reference=wanted)
    charges = Charge.objects.ready_to_invoice().filter(agency=agency)
    ready = with_charge_details(
        charges if order is None else charges.on_one_invoice(order, billed_apart=apart)
    )
    form = IssueForm(request.POST or None, charges=ready)
    made = done(
        request,
        form,
        lambda: issue_invoice(
            agency=agency,
            charges=form.cleaned_data["charges"],
            by=request.membership,
            at=timezone.now(),
        ),
    )
    if made is not None:
        messages.success(request, f"Invoice {made.number} has been issued.")
        return redirect(made)
    context = {
        "agency": agency,
        "form": form,
        "ready": form.fields["charges"].choices,  # type: ignore[attr-defined]
        "obstacles": obstacles_to_issuing({charge.kind for charge in ready}) if ready else (),
        "order": agency.purchase_order if order is None else order,
        "orders": {charge.order_number for charge in ready},
        "mixed": len({charge.billed_apart for charge in ready}) > 1,
        "order_missing": Charge.objects.awaiting_purchase_order().filter(agency=agency).exists(),
    }
    return render(request, "finance/issue.html", context)


@requires(Permission.MANAGE_MONEY)
def credit(request: MemberRequest, number: str, position: int) -> HttpResponse:
    lines = InvoiceLine.objects.select_related("invoice", "charge__booking")
    lines = lines.defer("invoice__pdf")
    line = get_object_or_404(lines, invoice__number=number, position=position)
    left, today = left_on(line).gross, timezone.localdate()
    own = why_not_decide(line.charge, request.membership)
    promised = next((due for due in credits_due() if due.line == line), None)
    form = CreditForm(request.POST or None, initial={"amount": left} | start_of(promised))
    note = done(
        request,
        form,
        lambda: issue_credit_note(
            line=line, by=request.membership, at=timezone.now(), **form.cleaned_data
        ),
    )
    if note is not None:
        messages.success(request, f"Credit note {note.number} has been issued.")
        late = lateness_of_credit(note.agreed_on, note.issued_on)
        if late:
            messages.warning(request, f"Credit note {note.number} is late. {late}")
        return redirect("invoice", number)
    context = {
        "invoice": line.invoice,
        "line": line,
        "left": left,
        "promised": promised,
        "today": today,
        "issue_by": credit_note_by(today),
        "own": own,
        "form": None if own else form,
    }
    return render(request, "finance/credit.html", context)


def start_of(promised: CreditDue | None) -> dict[str, Any]:
    """The form as it opens: with what the policy has promised, or what was agreed in a dispute."""
    if promised is None:
        return {"agreed_on": timezone.localdate()}
    return {"agreed_on": promised.agreed_on, "reason": promised.reason, "amount": promised.left}
