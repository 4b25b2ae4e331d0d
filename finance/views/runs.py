"""Runs of a month or an event: prepare, review, release, watch."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from bookings.rules.money import NOTHING
from courses.models import Event
from finance.forms.pages import MonthForm, ReleaseForm
from finance.models import InvoiceRun, InvoiceRunState
from finance.operations.prepare_event_run import prepare_event_run
from finance.operations.prepare_run import prepare_run
from finance.operations.release_run import release_run
from finance.reports.runs import issued_in, left_out, unprintable_in
from finance.terms.preparation import obstacles_to_issuing
from finance.terms.runs import charges_of_run, drafts_of
from finance.views.overview import told
from govuk.paging import page_of
from partnerships.access import MemberRequest, requires
from partnerships.rules.reasons import Reason
from partnerships.rules.refused import Refused
from partnerships.rules.roles import Permission


@requires(Permission.MANAGE_MONEY)
def runs(request: MemberRequest) -> HttpResponse:
    """All runs, the newest first."""
    rows = InvoiceRun.objects.select_related("event__course")
    page, problem = page_of(rows, request.GET.get("page"))
    context = {"page": page, "page_problem": problem}
    return render(request, "finance/runs.html", context)


@requires(Permission.MANAGE_MONEY)
@require_POST
def new_run(request: MemberRequest) -> HttpResponse:
    """Start or continue the run of a month."""
    form = MonthForm(request.POST)
    if not form.is_valid():
        raise Http404
    run = prepare_run(month=form.cleaned_data["month"], by=request.membership, at=timezone.now())
    return redirect(run)


@requires(Permission.MANAGE_MONEY)
@require_POST
def new_event_run(request: MemberRequest) -> HttpResponse:
    """Start or continue the invoices of one event."""
    event = get_object_or_404(Event, reference=request.POST.get("event", "").replace("\x00", ""))
    return redirect(prepare_event_run(event=event, by=request.membership, at=timezone.now()))


@requires(Permission.MANAGE_MONEY)
def run(request: MemberRequest, pk: int) -> HttpResponse:
    """What the run would issue, then how far it has got. People can leave the page and come back to it."""
    found = get_object_or_404(
        InvoiceRun.objects.select_related("released_by__user", "event__course"), pk=pk
    )
    if request.method == "POST":
        return release(request, found)
    drafts = [] if found.state == InvoiceRunState.DONE else drafts_of(found)
    issued = list(issued_in(found))
    count, total = sum(draft.count for draft in drafts), sum((d.total for d in drafts), NOTHING)
    context = {
        "run": found,
        "drafts": drafts,
        "count": count,
        "total": total,
        "two_for_one": len({(one.reference, one.order) for one in drafts}) < len(drafts),
        "left_out": left_out(found) if found.state == InvoiceRunState.DRAFT else {},
        "obstacles": obstacles_of(found),
        "issued": issued,
        "all_in_all": len(issued) + len(drafts),
        "release": ReleaseForm(initial={"count": count, "total": total}),
    }
    return render(request, "finance/run.html", context)


def obstacles_of(found: InvoiceRun) -> tuple[Reason, ...]:
    """What has to be entered before the run can be released or continue, and what it has to leave out."""
    if found.state == InvoiceRunState.DONE:
        return ()
    kinds = charges_of_run(found).values_list("kind", flat=True)
    return (*obstacles_to_issuing(kinds), *unprintable_in(found))


def release(request: MemberRequest, found: InvoiceRun) -> HttpResponse:
    """Release the run to the worker, as reviewed."""
    form = ReleaseForm(request.POST)
    if form.is_valid():
        reviewed = (form.cleaned_data["count"], form.cleaned_data["total"])
        try:
            release_run(run=found, reviewed=reviewed, by=request.membership, at=timezone.now())
        except Refused as refused:
            messages.error(request, told(refused))
        else:
            messages.success(request, "Released. The invoices will be issued in the background.")
    else:
        messages.error(request, "Check the totals again, then release the run.")
    return redirect(found)
