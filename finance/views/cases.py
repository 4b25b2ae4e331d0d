"""Requests to waive a charge, as the partnership decides them."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Case, Q, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from finance.forms.waivers import AnswerForm
from finance.models import Charge, MitigationCase
from finance.operations.decide_mitigation import decide_mitigation
from finance.reports.charges import with_charge_details
from finance.rules.states import MitigationState
from finance.terms.charges import why_not_decide
from finance.terms.requests import colleagues_instead, request_to_see
from finance.views.asking import DECIDES
from finance.views.overview import done
from govuk.paging import page_of
from partnerships.access import MemberRequest, requires


@requires(*DECIDES)
def cases(request: MemberRequest) -> HttpResponse:
    """Requests and appeals, the open ones first."""
    rows = MitigationCase.objects.select_related(
        "charge__agency", "charge__booking__event__course", "asked_by__user", "ground"
    )
    waits = Q(state=MitigationState.OPEN)
    open_first = rows.order_by(Case(When(waits, then=0), default=1), "-asked_at")
    page, problem = page_of(open_first, request.GET.get("page"))
    context = {"page": page, "page_problem": problem}
    return render(request, "finance/cases.html", context)


@requires(*DECIDES)
def case(request: MemberRequest, pk: int) -> HttpResponse:
    """One request with the charge's grounds and the policy, and the form that answers it."""
    found = get_object_or_404(request_to_see(pk))
    details = with_charge_details(Charge.objects.select_related("booking__policy"))
    charge = details.get(pk=found.charge_id)
    waits = found.is_open
    instead = list(colleagues_instead(charge.booking)) if waits else []
    form = AnswerForm(request.POST or None, case=found, instead=instead)
    decided = done(
        request,
        form,
        lambda: decide_mitigation(
            case=found,
            outcome=MitigationState(form.cleaned_data["outcome"]),
            decision=form.cleaned_data["decision"],
            colleague=next((one for one in instead if str(one.pk) == form.chosen), None),
            by=request.membership,
            at=timezone.now(),
        ),
    )
    if decided is not None:
        messages.success(
            request, "The decision has been saved. We will email the person who asked."
        )
        return redirect("mitigation_case", pk)
    own = why_not_decide(charge, request.membership) if waits else None
    shown = own is None and (waits or form.errors)
    context = {
        "case": found,
        "charge": charge,
        "own": own,
        "appeal": getattr(found, "appeal", None),
        "files": found.files.defer("content"),
        "form": form if shown else None,
    }
    return render(request, "finance/case.html", context)
