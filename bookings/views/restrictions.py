"""Restrictions: a person's own with its grounds and the appeal; everyone's for the training team."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Case, Q, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bookings.forms.restrictions import AppealForm, RestrictionForm
from bookings.models import Restriction
from bookings.operations.appeal_restriction import appeal_restriction
from bookings.operations.decide_restriction import decide_restriction
from bookings.rules.restriction import RestrictionState, restriction_clause
from bookings.terms.restrictions import restriction_on, restriction_terms
from govuk.paging import page_of
from partnerships.access import MemberRequest, member, requires
from partnerships.rules.refused import Refused
from partnerships.rules.roles import Permission


@member
def my_restriction(request: MemberRequest) -> HttpResponse:
    """Why someone cannot book as usual and until when; they can appeal once."""
    now = timezone.now()
    found = restriction_on(request.membership, timezone.localdate(now))
    form = AppealForm(request.POST or None)
    if found is not None and request.method == "POST" and form.is_valid():
        try:
            appeal_restriction(
                restriction=found,
                text=form.cleaned_data["appeal"],
                by=request.membership,
                now=now,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, "We have received your appeal. We will email you when it is decided."
            )
            return redirect("my_restriction")
    can_appeal = found is not None and found.appealed_at is None and found.decided_at is None
    context = {"restriction": found, "form": form if can_appeal or form.errors else None}
    return render(request, "bookings/my_restriction.html", context)


@requires(Permission.RUN_TRAINING)
def restrictions(request: MemberRequest) -> HttpResponse:
    """Who is restricted: appeals to decide first, then those in force, then those that have ended."""
    today = timezone.localdate()
    waits = Q(pk__in=Restriction.objects.to_decide(today).values("pk"))
    in_force = Q(pk__in=Restriction.objects.in_force(today).values("pk"))
    rank = Case(When(waits, then=0), When(in_force, then=1), default=2)
    rows = Restriction.objects.select_related("membership__user").order_by(rank, "-begun_at", "-pk")
    page, problem = page_of(rows, request.GET.get("page"))
    terms = restriction_terms()
    context = {
        "page": page,
        "page_problem": problem,
        "rows": [(one, status_of(one)) for one in page],
        "clause": restriction_clause(terms) if terms else "",
    }
    return render(request, "bookings/restrictions.html", context)


def status_of(restriction: Restriction) -> tuple[str, str]:
    """Where a restriction is, in words, and the colour of its tag."""
    if not restriction.is_in_force(timezone.localdate()):
        by_itself = restriction.state == RestrictionState.IN_FORCE
        return "Ended" if by_itself else restriction.get_state_display(), "grey"
    if restriction.is_appealed:
        return "Appeal to decide", "yellow"
    return "In force", "orange"


@requires(Permission.RUN_TRAINING)
def restriction(request: MemberRequest, pk: int) -> HttpResponse:
    """One restriction with its grounds and the appeal, and the form that decides."""
    rows = Restriction.objects.select_related("membership__user", "decided_by__user")
    found = get_object_or_404(rows, pk=pk)
    now = timezone.now()
    form = RestrictionForm(request.POST or None, restriction=found)
    if request.method == "POST" and form.is_valid():
        try:
            decide_restriction(
                restriction=found,
                lift=form.lifts,
                decision=form.cleaned_data["decision"],
                by=request.membership,
                now=now,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Your decision has been saved. We are emailing the person.")
            return redirect("restriction", found.pk)
    words, colour = status_of(found)
    own = found.membership_id == request.membership.pk
    is_open = found.is_in_force(timezone.localdate(now)) and not own
    context = {
        "restriction": found,
        "status": words,
        "colour": colour,
        "own": own,
        "form": form if is_open or form.errors else None,
    }
    return render(request, "bookings/restriction.html", context)
