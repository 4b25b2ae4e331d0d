"""The waiting list as the person waiting sees it, and the links that answer an offer or a request."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bookings.access import (
    APPROVAL,
    LINKS_LAST,
    OFFER,
    approval_stands,
    has_ended,
    is_too_late,
    may_end_waiting,
    read_token,
    was_asked,
)
from bookings.forms.changes import ReasonForm
from bookings.models import Booking, Offer, WaitingListEntry
from bookings.operations.accept_offer import accept_offer
from bookings.operations.decline_offer import decline_offer
from bookings.operations.leave_waiting_list import leave_waiting_list
from bookings.operations.settle_approval import settle_approval
from bookings.reports.request import costs
from bookings.rules.prices import ChargeKind
from bookings.rules.states import AWAITS_APPROVAL, OfferState
from bookings.rules.waiting_list import in_order
from bookings.steps.offers import ANSWERED
from bookings.terms.approvals import MANAGER
from bookings.terms.grants import agreed_on_offer
from bookings.terms.practice import practice_here
from bookings.terms.waiting import as_waiting, places_by_agency, waiting_entries
from courses.models import Event
from partnerships.access import MemberRequest, TenantRequest, member, public
from partnerships.rules.refused import Refused


@member
def wait(request: MemberRequest, reference: str) -> HttpResponse:
    """My place on the waiting list. Someone who is not on it is taken to the booking page."""
    rows = Event.objects.in_catalogue().select_related("course", "venue")
    event = get_object_or_404(rows, reference=reference)
    own = WaitingListEntry.objects.open().filter(event=event, membership=request.membership)
    entry = own.first()
    if entry is None:
        return redirect("book", event.reference)
    offer = entry.offers.open().first()
    context = {
        "event": event,
        "entry": entry,
        "offer": offer,
        "position": position_of(entry, event),
        "practice": practice_here(),
    }
    return render(request, "bookings/wait.html", context)


def position_of(entry: WaitingListEntry, event: Event) -> int | None:
    """Someone's number on the list now, from 1; None while an offer is open."""
    order = in_order([as_waiting(one) for one in waiting_entries(event)], places_by_agency(event))
    numbers = {one.entry: number for number, one in enumerate(order, 1)}
    return numbers.get(entry.pk)


@member
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    """Leave the waiting list, or remove someone from it."""
    rows = WaitingListEntry.objects.select_related("event__course", "membership__user", "agency")
    entry = get_object_or_404(rows, pk=pk)
    if not may_end_waiting(request.membership, entry, timezone.localdate()):
        raise Http404
    mine = entry.membership_id == request.membership.pk
    if request.method == "POST":
        try:
            leave_waiting_list(entry=entry, by=request.membership, now=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            who = "You are" if mine else f"{entry.membership} is"
            messages.success(request, f"{who} no longer on the waiting list.")
        return redirect("event" if mine else "event_board", entry.event.reference)
    return render(
        request, "bookings/leave.html", {"entry": entry, "event": entry.event, "mine": mine}
    )


@public
def offer(request: TenantRequest, token: str) -> HttpResponse:
    """Accept an offered place or decline it. The link is the proof, so no one has to sign in."""
    rows = Offer.objects.select_related(
        "event__course__group",
        "event__venue",
        "entry__membership__user",
        "entry__agency",
        "entry__policy",
        "booking",
    )
    found = by_token(rows, OFFER, token)
    now = timezone.now()
    if found is None:
        return unknown_link(request, ended=has_ended(OFFER, token))
    refused: Refused | None = None
    if request.method == "POST" and request.POST.get("answer") in {"accept", "decline"}:
        try:
            return answered(request, found, now)
        except Refused as caught:
            refused = caught
            found = rows.get(pk=found.pk)
    return offer_page(request, found, now, refused)


def answered(request: TenantRequest, offer: Offer, now: datetime) -> HttpResponse:
    """Act on the button that was pressed."""
    if request.POST.get("answer") == "accept":
        booking = accept_offer(
            offer=offer,
            by=offer.entry.membership,
            now=now,
            shown=request.POST.get("shown", ""),
        )
        context = {
            "booking": booking,
            "event": offer.event,
            "accepted": True,
            "cancelling": booking.cancelling(now),
        }
        return render(request, "bookings/offer_done.html", context)
    decline_offer(offer=offer, now=now)
    return render(request, "bookings/offer_done.html", {"event": offer.event, "accepted": False})


def offer_page(
    request: TenantRequest, offer: Offer, now: datetime, refused: Refused | None
) -> HttpResponse:
    """What is offered on which terms, or why the offer has ended."""
    state = OfferState(offer.state)
    if state is OfferState.OPEN and is_too_late(offer.expires_at, now):
        state = OfferState.EXPIRED
    context: dict[str, Any] = {"offer": offer, "event": offer.event, "refused": refused}
    if state is not OfferState.OPEN:
        context["gone"] = ANSWERED[state]
        status = 410 if state is OfferState.EXPIRED else 200
        return render(request, "bookings/offer.html", context, status=status)
    policy = offer.entry.policy
    agreed = agreed_on_offer(offer, now)
    context["deadline"] = agreed.deadline_after_offer(now, policy.offer_grace_hours)
    context["quote"] = agreed.quote
    context["shown"] = context["quote"].shown
    context["late_costs"] = costs(context["quote"].of(ChargeKind.LATE_CANCELLATION))
    return render(request, "bookings/offer.html", context, status=409 if refused else 200)


@public
def approve(request: TenantRequest, token: str) -> HttpResponse:
    """A manager approves or declines a place, using the link in the email."""
    rows = Booking.objects.select_related(
        "event__course", "event__venue", "membership__user", "employment", "agency", "policy"
    )
    found = by_token(rows, APPROVAL, token)
    now = timezone.now()
    if found is None:
        return unknown_link(request, ended=has_ended(APPROVAL, token))
    form = ReasonForm(request.POST or None)
    is_open = found.state in AWAITS_APPROVAL and MANAGER in found.waits_for
    is_open = is_open and was_asked(found, token)
    is_late = is_open and is_too_late(found.held_until, now)
    context: dict[str, Any] = {
        "booking": found,
        "event": found.event,
        "form": form,
        "cancelling": found.cancelling(now, once_agreed=True),
    }
    has_left = is_open and not approval_stands(found, timezone.localdate(now))
    if not is_open or is_late or has_left:
        status = 410 if is_late or has_left else 200
        context |= {"gone": True, "has_left": has_left}
        return render(request, "bookings/approve.html", context, status=status)
    asked = request.method == "POST" and request.POST.get("answer") in {"approve", "decline"}
    if asked and form.is_valid():
        approved = request.POST["answer"] == "approve"
        try:
            settle_for_manager(found, approved=approved, said=form.cleaned_data["reason"], now=now)
        except Refused:  # pressed twice, or settled by someone else this very moment
            return render(request, "bookings/approve.html", context | {"gone": True}, status=409)
        context |= {"done": True, "approved": approved}
    return render(request, "bookings/approve.html", context)


def settle_for_manager(booking: Booking, *, approved: bool, said: str, now: datetime) -> None:
    """Record the manager's answer, with the name that the email went to."""
    name = booking.approver_name or booking.approver_email
    verb = "approved it" if approved else "did not approve it"
    settle_approval(
        booking=booking,
        approved=approved,
        now=now,
        by=booking.approver,
        why=f"{name} {verb}. {said}".strip(),
        codes=[MANAGER],
    )


def by_token(rows: Any, purpose: str, token: str) -> Any:
    """The row that a link names; None if the link is not one of ours."""
    pk = read_token(purpose, token)
    return None if pk is None else rows.filter(pk=pk).first()


def unknown_link(request: TenantRequest, *, ended: bool) -> HttpResponse:
    """A link that was cut, changed, made for another partnership, or has expired."""
    context = {"ended": ended, "days": LINKS_LAST.days}
    return render(request, "bookings/unknown_link.html", context, status=410 if ended else 404)
