"""The partnership's reasons to waive a charge, how it answers requests, and who is exempt from charges."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from bookings.models import Booking, Exemption, WaiverPractice, WaiverReason
from bookings.operations.keep_waiver_reason import keep_waiver_reason
from bookings.operations.set_waiver_practice import set_waiver_practice
from bookings.rules.prices import ChargeKind
from bookings.rules.waivers import Accepts
from finance.forms.waivers import ExemptionForm, WaiverPracticeForm, WaiverReasonForm
from finance.operations.end_exemption import end_exemption
from finance.operations.grant_exemption import ExemptionAsked, grant_exemption
from finance.reports.waivers import exemptions_to_list
from finance.views.asking import DECIDES
from finance.views.overview import done
from govuk.paging import page_of
from govuk.rules.phrases import counted
from partnerships.access import MemberRequest, requires
from partnerships.models import Agency
from partnerships.rules.refused import refuse

PRACTICE = ("accepts", "ask_days", "appeal_days")
COLUMNS = (
    *("name", "steps", "evidence", "evidence_needed", "asker", "until"),
    *("days", "by", "decided_by", "is_active"),
)


@requires(*DECIDES)
def waiver_reasons(request: MemberRequest) -> HttpResponse:
    """The list, and the form that says which requests are answered."""
    practice = WaiverPractice.objects.first() or WaiverPractice()
    known = {name: getattr(practice, name) for name in PRACTICE}
    form = WaiverPracticeForm(request.POST or None, initial=known)
    saved = done(request, form, lambda: set_waiver_practice(**as_practice(form.cleaned_data)))
    if saved is not None:
        messages.success(request, "Saved. It applies to requests from now on.")
        return redirect("waiver_reasons")
    context = {"reasons": WaiverReason.objects.all(), "form": form}
    return render(request, "finance/waiver_reasons.html", context)


def as_practice(said: dict[str, Any]) -> dict[str, Any]:
    """The form as the operation takes it."""
    return said | {"accepts": Accepts(said["accepts"])}


@requires(*DECIDES)
def new_waiver_reason(request: MemberRequest) -> HttpResponse:
    """Add a reason to the list."""
    usual = {name: getattr(WaiverReason(), name) for name in COLUMNS}
    return waiver_reason_page(request, None, usual)


@requires(*DECIDES)
def waiver_reason(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a reason, or take it out of use."""
    found = get_object_or_404(WaiverReason, pk=pk)
    return waiver_reason_page(request, found, {name: getattr(found, name) for name in COLUMNS})


def waiver_reason_page(
    request: MemberRequest, reason: WaiverReason | None, known: dict[str, Any]
) -> HttpResponse:
    form = WaiverReasonForm(request.POST or None, initial=known)
    saved = done(request, form, lambda: keep_waiver_reason(reason=reason, said=form.cleaned_data))
    if saved is not None:
        messages.success(request, f"“{saved.name}” has been saved.")
        return redirect("waiver_reasons")
    return render(request, "finance/waiver_reason.html", {"reason": reason, "form": form})


@requires(*DECIDES)
def exemptions(request: MemberRequest) -> HttpResponse:
    """Every exemption, the newest first."""
    page, problem = page_of(exemptions_to_list(), request.GET.get("page"))
    context = {"page": page, "page_problem": problem, "today": timezone.localdate()}
    return render(request, "finance/exemptions.html", context)


@requires(*DECIDES)
def new_exemption(request: MemberRequest) -> HttpResponse:
    """Exempt an agency for a while, or one place."""
    agencies = list(Agency.objects.active().order_by("name"))
    form = ExemptionForm(request.POST or None, agencies=agencies)
    made = done(
        request,
        form,
        lambda: grant_exemption(
            grant=grant_from(form.cleaned_data), by=request.membership, at=timezone.now()
        ),
    )
    if made is not None:
        waived = made.charges.count()
        at_once = f" {counted(waived, 'charge has', 'charges have')} been waived." if waived else ""
        messages.success(request, f"{made.agency} is exempt.{at_once}")
        return redirect("exemptions")
    return render(request, "finance/exemption.html", {"form": form})


def grant_from(said: dict[str, Any]) -> ExemptionAsked:
    """What the form says, with the rows that it names."""
    booking = None
    if said["booking"]:
        booking = Booking.objects.filter(reference=said["booking"].strip().upper()).first()
        if booking is None:
            raise refuse("booking", "There is no booking with this reference.")
    return ExemptionAsked(
        agency=Agency.objects.get(reference=said["agency"]),
        reason=said["reason"],
        first_day=said["first_day"],
        last_day=said["last_day"],
        kinds=tuple(ChargeKind(kind) for kind in said["kinds"]),
        booking=booking,
    )


@requires(*DECIDES)
@require_POST
def end_one_exemption(request: MemberRequest, pk: int) -> HttpResponse:
    """No place that is booked from now on has it."""
    found = get_object_or_404(Exemption.objects.select_related("agency"), pk=pk)
    end_exemption(exemption=found, by=request.membership, at=timezone.now())
    messages.success(request, f"The exemption of {found.agency} has ended for new bookings.")
    return redirect("exemptions")
