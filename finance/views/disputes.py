"""Disputes about invoices, answered by finance; and the links by which agencies raise them."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Case, Q, QuerySet, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from finance.forms.contact import DisputeAnswerForm
from finance.models import Dispute
from finance.operations.answer_dispute import answer_dispute
from finance.operations.send_account_link import send_account_link
from finance.operations.stop_account_links import stop_account_links
from finance.rules.disputes import DisputeState
from finance.terms.charges import why_not_decide
from finance.terms.debt import left_on
from finance.views.overview import done, told
from govuk.paging import page_of
from partnerships.access import MemberRequest, requires
from partnerships.models import Agency
from partnerships.rules.refused import Refused
from partnerships.rules.roles import Permission


def with_line() -> QuerySet[Dispute]:
    """Disputes with the line and the invoice that they are about."""
    rows: QuerySet[Dispute] = Dispute.objects.select_related(
        "line__invoice__agency", "line__charge__booking", "raised_by__user", "answered_by__user"
    )
    return rows.defer("line__invoice__pdf")


@requires(Permission.MANAGE_MONEY)
def disputes(request: MemberRequest) -> HttpResponse:
    """The open ones first, the oldest of them at the top."""
    opened = Q(state=DisputeState.OPEN)
    rows = with_line().order_by(Case(When(opened, then=0), default=1), "raised_at", "pk")
    page, problem = page_of(rows, request.GET.get("page"))
    return render(request, "finance/disputes.html", {"page": page, "page_problem": problem})


@requires(Permission.MANAGE_MONEY)
def dispute(request: MemberRequest, pk: int) -> HttpResponse:
    """What the agency says, and the form that answers it. An agreed credit leads on to its credit note."""
    found = get_object_or_404(with_line(), pk=pk)
    form = DisputeAnswerForm(request.POST or None)
    answered = done(
        request,
        form,
        lambda: answer_dispute(
            dispute=found,
            credit=form.cleaned_data["amount"],
            answer=form.cleaned_data["answer"],
            by=request.membership,
            at=timezone.now(),
        ),
    )
    if answered is not None:
        messages.success(request, f"Saved. We will email the answer to {answered.raised_email}.")
        if answered.state == DisputeState.REDUCED:
            return redirect("credit_line", found.line.invoice.number, found.line.position)
        return redirect(found)
    waits = found.state == DisputeState.OPEN
    own = why_not_decide(found.line.charge, request.membership) if waits else None
    context = {
        "dispute": found,
        "left": left_on(found.line).gross,
        "own": own,
        "form": form if own is None and (waits or form.errors) else None,
    }
    return render(request, "finance/dispute.html", context)


@requires(Permission.MANAGE_MONEY)
@require_POST
def send_link(request: MemberRequest, reference: str) -> HttpResponse:
    """Email the finance office a link to the agency's invoices."""
    agency = get_object_or_404(Agency, reference=reference)
    try:
        send_account_link(agency=agency, at=timezone.now())
    except Refused as refused:
        messages.error(request, told(refused))
    else:
        messages.success(request, f"We will email a link to {agency.finance_email}.")
    return redirect("statement", reference)


@requires(Permission.MANAGE_MONEY)
@require_POST
def stop_links(request: MemberRequest, reference: str) -> HttpResponse:
    """Make every link sent so far useless."""
    agency = get_object_or_404(Agency, reference=reference)
    stop_account_links(agency=agency, by=request.membership, at=timezone.now())
    said = "Links sent so far no longer work. The next email to the finance office has a new one."
    messages.success(request, said)
    return redirect("statement", reference)
