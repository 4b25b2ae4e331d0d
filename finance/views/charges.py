"""Charges: review, approve, decide."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from finance.forms.pages import ApproveForm, ChargeFilter, DecideForm
from finance.models import Charge
from finance.operations.approve_charges import approve_charges
from finance.operations.decide_charge import decide_charge
from finance.operations.return_to_review import return_to_review
from finance.reports.charges import (
    CHARGE_COLUMNS,
    agencies_with_charges,
    charges_wanted,
    months_with_charges,
    with_charge_details,
)
from finance.reports.review import (
    Bulk,
    approved_by_form,
    events_with_charges,
    parts_of_page,
    usual_on_page,
)
from finance.rules.states import UNDECIDED, ChargeState
from finance.terms.charges import why_not_decide
from finance.terms.replay import replay_of
from finance.views.overview import done, told
from govuk.paging import page_of
from partnerships.access import MemberRequest, requires
from partnerships.rules.refused import Refused
from partnerships.rules.roles import Permission
from partnerships.spreadsheets import csv_response

CHARGE_COLOURS = {
    ChargeState.NEEDS_DECISION: "orange",
    ChargeState.TO_REVIEW: "yellow",
    ChargeState.APPROVED: "blue",
    ChargeState.INVOICED: "green",
    ChargeState.WAIVED: "grey",
}


def filter_of(request: MemberRequest) -> ChargeFilter:
    return ChargeFilter(
        request.GET,
        agencies=agencies_with_charges(),
        months=months_with_charges(),
        events=events_with_charges(),
    )


@requires(Permission.MANAGE_MONEY)
def charges(request: MemberRequest) -> HttpResponse:
    """The list, filtered by the query string."""
    return charges_page(request)


def charges_page(request: MemberRequest, problem: str = "") -> HttpResponse:
    """The list; ``problem`` is what was wrong with what was sent from it."""
    form = filter_of(request)
    page, page_problem = page_of(charges_wanted(**form.wanted), request.GET.get("page"))
    parts = parts_of_page(page)
    rows = [row for _, groups in parts for group in groups for row in group.rows]
    reviewable = [row.charge for row in rows if row.is_reviewable]
    at = f"charge-{reviewable[0].pk}" if reviewable else ""
    context = {
        "form": form,
        "page": page,
        "page_problem": page_problem,
        "problem": problem,
        "problems": [{"text": problem, "target": at}] if problem else [],
        "parts": parts,
        "by_event": form.wanted["by_event"],
        "reviewable": reviewable,
        "together": usual_on_page(parts),
        "approved": just_approved(request),
        "entry_key": uuid4(),
        "query": without(request, "approval"),
        "take_back_action": f"{reverse('take_back_approval')}?{without(request, 'approval')}",
        "can_be_taken_back": any(row.is_approved for row in rows),
    }
    return render(request, "finance/charges.html", context)


def just_approved(request: MemberRequest) -> Bulk | None:
    """What the form that led here has approved, so that it can be taken back at once."""
    try:
        key = UUID(request.GET.get("approval", ""))
    except ValueError:
        return None
    found = approved_by_form(key)
    return Bulk(tuple(found)) if found else None


def without(request: MemberRequest, name: str) -> str:
    """The query string without one of its parts."""
    said = request.GET.copy()
    said.pop(name, None)
    return str(said.urlencode())


@requires(Permission.MANAGE_MONEY)
def charges_csv(request: MemberRequest) -> HttpResponse:
    """The same list as a file."""
    found = charges_wanted(**filter_of(request).wanted)
    return csv_response("charges.csv", CHARGE_COLUMNS, found.iterator(chunk_size=500))


@requires(Permission.MANAGE_MONEY)
@require_POST
def approve(request: MemberRequest) -> HttpResponse:
    """Accept charges as the rule made them: those that were ticked, or all that a button named with their sum."""
    form = ApproveForm(request.POST)
    form.is_valid()
    key = form.cleaned_data.get("entry_key") or uuid4()
    try:
        approved = approve_charges(
            charges=form.chosen,
            by=request.membership,
            at=timezone.now(),
            shown=form.shown,
            entry_key=key,
        )
    except Refused as refused:
        return charges_page(request, told(refused))
    if not approved:
        return charges_page(request, "Select the charges that you have reviewed")
    messages.success(request, f"{Bulk(tuple(approved)).words}: ready to invoice.")
    query = "&".join(filter(None, (without(request, "approval"), f"approval={key}")))
    return redirect(f"{reverse('charges')}?{query}")


@requires(Permission.MANAGE_MONEY)
@require_POST
def take_back(request: MemberRequest) -> HttpResponse:
    """Put approved charges returned to review."""
    form = ApproveForm(request.POST)
    form.is_valid()
    try:
        returned = return_to_review(charges=form.chosen, by=request.membership, at=timezone.now())
    except Refused as refused:
        return charges_page(request, told(refused))
    if returned:
        messages.success(request, f"{Bulk(tuple(returned)).words}: returned to review.")
    else:
        messages.info(request, "None of these charges is still approved, so nothing has changed.")
    return redirect(f"{reverse('charges')}?{without(request, 'approval')}".rstrip("?"))


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
        "history": found.transitions.select_related("by__user"),
        "can_be_taken_back": found.state == ChargeState.APPROVED,
        "cases": found.mitigation_cases.select_related("asked_by__user", "decided_by__user"),
        "own": own,
        "form": form if own is None and (waits or form.errors) else None,
    }
    return render(request, "finance/charge.html", context)
