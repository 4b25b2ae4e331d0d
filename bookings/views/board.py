"""The event board: everything about one event for the people who run the training."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bookings.access import agencies_answered_for
from bookings.forms.changes import CancelEventForm, FindColleagueForm, MoveEventForm
from bookings.ledger import ledger
from bookings.models import Booking, Offer
from bookings.operations.cancel_event import cancel_event
from bookings.operations.move_event import move_event
from bookings.rules.states import AWAITS_APPROVAL, CAN_BE_CANCELLED, BookingState
from bookings.rules.waiting_list import in_order
from bookings.terms.concerned import concerned
from bookings.terms.places import places_of
from bookings.terms.waiting import as_waiting, places_by_agency, waiting_entries
from bookings.views.wording import BOOKING_COLOURS, OFFER_COLOURS
from courses.models import Event
from courses.rules.changes import EventChange
from courses.rules.states import EventState
from partnerships.access import MemberRequest, requires
from partnerships.models import Employment, Membership, by_family_name, spelt
from partnerships.rules.refused import Refused
from partnerships.rules.roles import Permission

A_PAGE = 60
A_NEW_TIME = (EventChange("When", "", ""),)


@dataclass(frozen=True)
class BookingRow:
    booking: Booking
    colour: str
    can_be_cancelled: bool
    can_be_settled: bool


def event_called(reference: str) -> Event:
    """The event, drafts included."""
    rows = Event.objects.select_related("course", "venue")
    found: Event = get_object_or_404(rows, reference=reference)
    return found


@requires(Permission.RUN_TRAINING)
def board(request: MemberRequest, reference: str) -> HttpResponse:
    """Bookings, waiting list, offers and needs, in a fixed number of queries."""
    event = event_called(reference)
    rows = (
        Booking.objects.filter(event=event)
        .select_related("membership__user", "agency", "employment")
        .order_by(*by_family_name("membership__user__full_name"), "pk")
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    waiting = {entry.pk: entry for entry in waiting_entries(event)}
    ordered = in_order([as_waiting(one) for one in waiting.values()], places_by_agency(event))
    offers = Offer.objects.filter(event=event).select_related(
        "entry__membership__user", "entry__agency"
    )
    now = timezone.now()
    is_open = event.state in {EventState.DRAFT, EventState.PUBLISHED} and now < event.starts_at
    context = {
        "event": event,
        "places": places_of(event),
        "page": page,
        "bookings": [
            BookingRow(
                one,
                BOOKING_COLOURS[BookingState(one.state)],
                can_be_cancelled=one.state in CAN_BE_CANCELLED,
                can_be_settled=one.state in AWAITS_APPROVAL,
            )
            for one in page
        ],
        "waiting": [waiting[one.entry] for one in ordered],
        "offers": [(one, OFFER_COLOURS[one.state]) for one in offers[:A_PAGE]],
        "is_open": is_open,
    }
    return render(request, "bookings/board.html", context)


@requires(Permission.RUN_TRAINING)
def cancel(request: MemberRequest, reference: str) -> HttpResponse:
    """Show who is affected, then cancel the event."""
    event = event_called(reference)
    form = CancelEventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_event(
                event=event,
                by=request.membership,
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The event has been cancelled. We are emailing everyone.")
            return redirect("event_board", event.reference)
    context = {
        "event": event,
        "form": form,
        "places": places_of(event),
        "to_waive": ledger().charges_to_waive(event=event),
    }
    return render(request, "bookings/cancel_event.html", context)


@requires(Permission.RUN_TRAINING)
def move(request: MemberRequest, reference: str) -> HttpResponse:
    """Give the event a new date."""
    event = event_called(reference)
    now = timezone.now()
    told = concerned([event], A_NEW_TIME, now=now)
    initial = {"starts_at": timezone.localtime(event.starts_at)}
    form = MoveEventForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            move_event(event=event, starts_at=form.cleaned_data["starts_at"], now=now)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            everybody = f" We are emailing {told}." if told else ""
            messages.success(request, f"The event has a new date.{everybody}")
            return redirect("event_board", event.reference)
    context = {"event": event, "form": form, "told": told}
    return render(request, "bookings/move_event.html", context)


@requires(Permission.RUN_TRAINING, Permission.ANSWER_FOR_AGENCY)
def find_person(request: MemberRequest, reference: str) -> HttpResponse:
    """Find someone to book for: anyone for the training team, their own staff for agency leads."""
    rows = Event.objects.in_catalogue().select_related("course", "venue")
    event = get_object_or_404(rows, reference=reference)
    form = FindColleagueForm(request.GET or None)
    people = Paginator(bookable_people(request.membership, form), 30)
    context = {"event": event, "form": form, "page": people.get_page(request.GET.get("page"))}
    return render(request, "bookings/find_person.html", context)


def bookable_people(by: Membership, form: FindColleagueForm) -> list[Employment]:
    """Jobs of people whom this person may book for and whose name or address matches."""
    today = timezone.localdate()
    rows = Employment.objects.jobs_on(today).exclude(membership=by)
    rows = rows.filter(membership__in=Membership.objects.active()).select_related(
        "membership__user", "agency"
    )
    if not by.may(Permission.RUN_TRAINING):
        rows = rows.filter(agency__in=agencies_answered_for(by, today))
    text = form.cleaned_data["q"] if form.is_valid() else ""
    rows = rows.filter(spelt(text, "membership__user__full_name", "membership__user__email"))
    return list(rows.order_by(*by_family_name("membership__user__full_name"), "pk")[:300])
