"""One booking: its state, what to do next, and how to cancel it or pass it on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bookings.access import may_manage, may_say_when, may_see, may_see_needs, why_not_cancel_it
from bookings.documents.calendars import booking_ics
from bookings.forms.changes import CancelForm, ReasonForm, SubstituteForm
from bookings.models import Booking, ExtraCost
from bookings.models.request import Details
from bookings.operations.cancel_booking import A_MOMENT, cancel_booking
from bookings.operations.settle_approval import settle_approval
from bookings.operations.substitute import substitute
from bookings.rules.extras import extra_cost_reason
from bookings.rules.states import (
    AWAITS_APPROVAL,
    CAN_BE_CANCELLED,
    HOLDS_A_PLACE,
    ONE_A_PERSON,
    BookingState,
)
from bookings.rules.waivers import Accepts
from bookings.terms.settlements import cancelling, why_not_cancel
from bookings.terms.waivers import accepted
from bookings.views.wording import BOOKING_COLOURS, WAITS_FOR
from courses.terms.other_dates import other_dates
from courses.terms.times import session_times
from partnerships.access import MemberRequest, member, requires
from partnerships.models import Employment, Membership
from partnerships.rules.refused import SHOWN_OTHERWISE, Refused, refuse
from partnerships.rules.roles import Permission


def booking_for(request: MemberRequest, reference: str) -> Booking:
    """The booking if the person may see it; otherwise the page does not exist."""
    rows = Booking.objects.select_related(
        "event__course__group",
        "event__venue",
        "membership__user",
        "employment",
        "agency",
        "policy",
        "group",
    ).annotate(event_times=session_times("event"))
    found: Any = get_object_or_404(rows, reference=reference)
    found.event.session_times = found.event_times
    if not may_see(request.membership, found, timezone.localdate()):
        raise Http404
    return found  # type: ignore[no-any-return]


@member
def booking(request: MemberRequest, reference: str) -> HttpResponse:
    """Show its state, what comes next, cost, deadline, joining details and history."""
    found = booking_for(request, reference)
    now = timezone.now()
    is_open = found.state in CAN_BE_CANCELLED and now < found.event.starts_at
    gave_up = found.state not in ONE_A_PERSON
    charges = list(found.charges.all())
    context = {
        "booking": found,
        "event": found.event,
        "colour": BOOKING_COLOURS[BookingState(found.state)],
        "is_open": is_open,
        "can_be_handed_over": found.can_be_handed_over(now),
        "is_mine": found.membership_id == request.membership.pk,
        "holds_a_place": found.state in HOLDS_A_PLACE - AWAITS_APPROVAL,
        "proposed": Booking.objects.proposed_for(found).select_related("membership__user"),
        "cancelling": found.cancelling(now),
        "not_theirs_to_cancel": why_not_cancel_it(
            request.membership, found, timezone.localdate(now)
        )
        if is_open
        else None,
        "may_see_needs": may_see_needs(request.membership, found),
        "waits_for": waits_for(found),
        "gave_up": gave_up,
        "dates": other_dates(found.event, now) if gave_up else [],
        "history": found.transitions.select_related("by__user"),
        "charges": charges,
        "accepts_waivers": bool(charges) and accepted() is not Accepts.NONE,
        "extra_costs": ExtraCost.objects.filter(booking=found).standing() if found.extras else [],
        "extras_open": extra_cost_reason(BookingState(found.state)) is None,
        "may_settle": request.membership.may(Permission.RUN_TRAINING),
    }
    return render(request, "bookings/booking.html", context)


@member
def ics(request: MemberRequest, reference: str) -> HttpResponse:
    """The booking as a calendar file."""
    found = booking_for(request, reference)
    response = HttpResponse(booking_ics(found, timezone.now()), content_type="text/calendar")
    response["Content-Disposition"] = f'attachment; filename="{found.reference}.ics"'
    return response


@member
def cancel(request: MemberRequest, reference: str) -> HttpResponse:
    """Show what cancelling costs and why, then cancel."""
    found = booking_for(request, reference)
    now = timezone.now()
    for_somebody_else = acts_for_somebody_else(request.membership, found)
    sent = request.POST if request.method == "POST" else None
    form = CancelForm(
        sent,
        says_when=may_say_when(request.membership, found),
        initial={"received_at": timezone.localtime(now)},
    )
    problem = why_not_cancel(found, min(now, just_before(found)), now)
    problem = problem or why_not_cancel_it(request.membership, found, timezone.localdate(now))
    shown_otherwise = False
    if problem is None and form.is_valid():
        try:
            cancel_booking(
                booking=found,
                by=request.membership,
                received_at=form.came_at(now),
                entered_at=now,
                reason=form.cleaned_data["reason"],
                shown=form.cleaned_data["shown"],
            )
        except Refused as refused:
            shown_otherwise = SHOWN_OTHERWISE in refused.codes
            form.add_error("reason" if "reason_missing" in refused.codes else None, str(refused))
        else:
            messages.success(
                request, "The place has been cancelled. The confirmation is on its way."
            )
            return redirect("booking", found.reference)
    came_at = form.came_at(now)
    settlement = None if problem else cancelling(found, came_at)
    if settlement is not None:
        form.shows(settlement.shown)
    status = 409 if sent is not None and (problem or shown_otherwise) else 200
    context = {
        "booking": found,
        "event": found.event,
        "form": form,
        "problem": problem,
        "for_somebody_else": for_somebody_else,
        "says_when": "received_at" in form.fields,
        "settlement": settlement,
        "came_at": came_at if now - came_at >= A_MOMENT else None,
        "booking_cancelling": found.cancelling(now),
        "can_be_handed_over": found.can_be_handed_over(now),
    }
    return render(request, "bookings/cancel.html", context, status=status)


def just_before(booking: Booking) -> datetime:
    """After the event has begun, staff can still enter a message that arrived before it."""
    starts_at: datetime = booking.event.starts_at
    return starts_at - timedelta(seconds=1)


def acts_for_somebody_else(who: Membership, booking: Booking) -> bool:
    """Whether the person cancels for someone else, as leads and the training team may."""
    if who.pk == booking.membership_id:
        return False
    return may_manage(who, booking, timezone.localdate())


@member
def send_colleague(request: MemberRequest, reference: str) -> HttpResponse:
    """Give the place to a colleague, at no cost."""
    found = booking_for(request, reference)
    now = timezone.now()
    evidence_asked = found.event.course.prerequisites.exists()
    form = SubstituteForm(request.POST or None, evidence_asked=evidence_asked)
    if request.method == "POST" and form.is_valid():
        try:
            successor = substitute(
                booking=found,
                employment=colleague(found, form.cleaned_data["email"]),
                by=request.membership,
                now=now,
                details=Details(
                    access_needs=form.cleaned_data["access_needs"],
                    evidence=form.cleaned_data.get("evidence", ""),
                    manager_declared=True,
                ),
            )
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, outcome_of(successor))
            return redirect("booking", found.reference)
    is_open = found.can_be_handed_over(now)
    context = {"booking": found, "event": found.event, "form": form, "is_open": is_open}
    return render(request, "bookings/send_colleague.html", context)


def outcome_of(successor: Booking) -> str:
    """What to say after a colleague has been named."""
    who = str(successor.membership)
    if successor.state == BookingState.BOOKED:
        return f"{who} has the place now. There is nothing to pay."
    sentences = " ".join(waits_for(successor))
    return f"We have asked whether {who} can take the place. Nothing changes until we have an answer. {sentences}"


def colleague(booking: Booking, email: str) -> Employment:
    """The person at the same agency with this address. The refusal says only that there is none."""
    rows = Employment.objects.on(timezone.localdate()).confirmed()
    found: Employment | None = (
        rows.filter(
            agency=booking.agency,
            membership__in=Membership.objects.active(),
            membership__user__email=email.strip().lower(),
        )
        .select_related("membership__user", "agency", "line_manager__user")
        .first()
    )
    if found is None:
        raise refuse(
            "no_such_colleague",
            f"No one at {booking.agency} is registered with this email address.",
            "Ask your colleague to create an account first.",
        )
    return found


@requires(Permission.RUN_TRAINING)
def settle(request: MemberRequest, reference: str) -> HttpResponse:
    """The training team confirms a held place or releases it."""
    found = booking_for(request, reference)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        approved = request.POST.get("answer") == "approve"
        if not approved and request.POST.get("answer") != "decline":
            raise PermissionDenied
        try:
            settle_approval(
                booking=found,
                approved=approved,
                now=timezone.now(),
                by=request.membership,
                why=form.cleaned_data["reason"],
            )
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(
                request, "The place is confirmed." if approved else "The place was not approved."
            )
        return redirect("booking", found.reference)
    context = {
        "booking": found,
        "event": found.event,
        "form": form,
        "is_pending": found.state in AWAITS_APPROVAL,
        "waits_for": waits_for(found),
    }
    return render(request, "bookings/settle.html", context)


def waits_for(booking: Booking) -> list[str]:
    """What still has to be settled, in sentences; empty once the booking has ended."""
    if booking.state not in AWAITS_APPROVAL:
        return []
    return [WAITS_FOR.get(code, code) for code in booking.waits_for]
