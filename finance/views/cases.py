"""Requests to waive a charge: asked by the delegate or the agency, decided by the partnership."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Case, Q, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bookings.access import may_see
from bookings.models import Booking
from finance.forms.pages import AnswerForm, AskForm
from finance.models import Charge, MitigationCase
from finance.operations.decide_mitigation import decide_mitigation
from finance.operations.open_mitigation import open_mitigation
from finance.reports.charges import with_charge_details
from finance.rules.states import ChargeState, MitigationState
from finance.terms.charges import why_not_decide
from finance.views.overview import done
from govuk.paging import page_of
from partnerships.access import MemberRequest, member, requires
from partnerships.rules.roles import Permission

DECIDES = (Permission.MANAGE_MONEY, Permission.RUN_TRAINING)


@member
def ask_waiver(request: MemberRequest, reference: str) -> HttpResponse:
    """The delegate, or someone who answers for the agency, asks for a charge to be waived."""
    rows = Booking.objects.select_related("event__course", "agency", "membership__user")
    booking = get_object_or_404(rows, reference=reference)
    if not may_see(request.membership, booking, timezone.localdate()):
        raise Http404
    open_ones = list(booking.charges.exclude(state=ChargeState.WAIVED).disputed(disputed=False))
    form = AskForm(request.POST or None, charges=open_ones)
    opened = done(
        request,
        form,
        lambda: open_mitigation(
            charge=next(one for one in open_ones if str(one.pk) == form.cleaned_data["charge"]),
            reason=form.cleaned_data["reason"],
            evidence=form.cleaned_data["evidence"],
            by=request.membership,
            at=timezone.now(),
        ),
    )
    if opened is not None:
        messages.success(request, "We have your request. We will email you when it is decided.")
        return redirect("booking", reference)
    context = {"booking": booking, "charges": open_ones, "form": form}
    return render(request, "finance/ask.html", context)


@requires(*DECIDES)
def cases(request: MemberRequest) -> HttpResponse:
    """Requests, the open ones first."""
    rows = MitigationCase.objects.select_related(
        "charge__agency", "charge__booking__event__course", "asked_by__user"
    )
    waits = Q(state=MitigationState.OPEN)
    open_first = rows.order_by(Case(When(waits, then=0), default=1), "-asked_at")
    page, problem = page_of(open_first, request.GET.get("page"))
    context = {"page": page, "page_problem": problem}
    return render(request, "finance/cases.html", context)


@requires(*DECIDES)
def case(request: MemberRequest, pk: int) -> HttpResponse:
    """One request with the charge's grounds, and the form that answers it."""
    rows = MitigationCase.objects.select_related("asked_by__user", "decided_by__user")
    found = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST or None)
    decided = done(
        request,
        form,
        lambda: decide_mitigation(
            case=found,
            grant=form.cleaned_data["outcome"] == "grant",
            decision=form.cleaned_data["decision"],
            by=request.membership,
            at=timezone.now(),
        ),
    )
    if decided is not None:
        messages.success(
            request, "The decision has been saved. We will email the person who asked."
        )
        return redirect("mitigation_case", pk)
    charge = with_charge_details(Charge.objects.all()).get(pk=found.charge_id)
    waits = found.state == MitigationState.OPEN
    own = why_not_decide(charge, request.membership) if waits else None
    shown = own is None and (waits or form.errors)
    context = {"case": found, "charge": charge, "own": own, "form": form if shown else None}
    return render(request, "finance/case.html", context)
