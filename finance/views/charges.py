"""Charges: review, approve, decide."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from finance.forms.pages import ChargeFilter, DecideForm
from finance.models import Charge
from finance.operations.approve_charges import approve_charges
from finance.operations.decide_charge import decide_charge
from finance.reports.charges import (
    CHARGE_COLUMNS,
    agencies_with_charges,
    charges_wanted,
    months_with_charges,
    with_charge_details,
)
from finance.rules.states import UNDECIDED, ChargeState
from finance.terms.charges import why_not_decide
from finance.terms.replay import replay_of
from finance.views.overview import done
from govuk.paging import page_of
from govuk.rules.phrases import counted
from partnerships.access import MemberRequest, requires
from partnerships.rules.roles import Permission
from partnerships.spreadsheets import csv_response

CHARGE_COLOURS = {
    ChargeState.NEEDS_DECISION: "orange",
    ChargeState.TO_REVIEW: "yellow",
    ChargeState.APPROVED: "blue",
    ChargeState.INVOICED: "green",
    ChargeState.WAIVED: "grey",
}
MOST_AT_ONCE = 500


def filter_of(request: MemberRequest) -> ChargeFilter:
    return ChargeFilter(request.GET, agencies=agencies_with_charges(), months=months_with_charges())


@requires(Permission.MANAGE_MONEY)
def charges(request: MemberRequest) -> HttpResponse:
    """The list, filtered by the query string."""
    return charges_page(request)


def charges_page(request: MemberRequest, problem: str = "") -> HttpResponse:
    """The list; ``problem`` is what was wrong with what was sent from it."""
    form = filter_of(request)
    page, page_problem = page_of(charges_wanted(**form.wanted), request.GET.get("page"))
    reviewable = [charge for charge in page if charge.state == ChargeState.TO_REVIEW]
    at = f"charge-{reviewable[0].pk}" if reviewable else ""
    context = {
        "form": form,
        "page": page,
        "page_problem": page_problem,
        "problem": problem,
        "problems": [{"text": problem, "target": at}] if problem else [],
        "rows": [(charge, CHARGE_COLOURS[ChargeState(charge.state)]) for charge in page],
        "reviewable": reviewable,
    }
    return render(request, "finance/charges.html", context)


@requires(Permission.MANAGE_MONEY)
def charges_csv(request: MemberRequest) -> HttpResponse:
    """The same list as a file."""
    found = charges_wanted(**filter_of(request).wanted)
    return csv_response("charges.csv", CHARGE_COLUMNS, found.iterator(chunk_size=500))


@requires(Permission.MANAGE_MONEY)
@require_POST
def approve(request: MemberRequest) -> HttpResponse:
    """Accept the selected charges as the rule made them."""
    ticked = [int(pk) for pk in request.POST.getlist("charge") if pk.isdecimal()][:MOST_AT_ONCE]
    approved = approve_charges(
        charges=[pk for pk in ticked if pk < 2**63], by=request.membership, at=timezone.now()
    )
    if not approved:
        return charges_page(request, "Select the charges that you have reviewed")
    messages.success(request, f"{counted(approved, 'charge')} ready to invoice.")
    return redirect(f"{reverse('charges')}?{request.GET.urlencode()}".rstrip("?"))


@requires(Permission.MANAGE_MONEY)
def charge(request: MemberRequest, pk: int) -> HttpResponse:
    """One charge with its grounds, and the form that decides it."""
    terms = ("decided_by__user", "booking__policy", "booking__group")
    found = get_object_or_404(with_charge_details(Charge.objects.select_related(*terms)), pk=pk)
    known = {} if found.state == ChargeState.NEEDS_DECISION else {"amount": found.amount}
    form = DecideForm(request.POST or None, initial=known)
    decided = done(
        request,
        form,
        lambda: decide_charge(
            charge=found, by=request.membership, at=timezone.now(), **form.cleaned_data
        ),
    )
    if decided is not None:
        messages.success(request, "The decision has been saved.")
        return redirect("charge", pk)
    waits = found.state in UNDECIDED
    own = why_not_decide(found, request.membership) if waits else None
    context = {
        "charge": found,
        "again": replay_of(found),
        "colour": CHARGE_COLOURS[ChargeState(found.state)],
        "cases": found.mitigation_cases.select_related("asked_by__user", "decided_by__user"),
        "own": own,
        "form": form if own is None and (waits or form.errors) else None,
    }
    return render(request, "finance/charge.html", context)
