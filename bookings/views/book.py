"""The page on which a place is booked: what it costs, until when cancelling is free, and what has to be asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from bookings.forms.booking import BookingForm, asks_of
from bookings.models import Booking, WaitingListEntry
from bookings.operations.amend_request import amend_request
from bookings.operations.book_place import book_place
from bookings.reports.request import Application, application
from bookings.steps.sent_before import ENDED_SINCE
from bookings.terms.booking_request import BookingRequest
from bookings.terms.policies import NoPolicy
from courses.models import Event
from courses.terms.times import session_times
from govuk.rules.phrases import listed
from partnerships.access import MemberRequest, TenantRequest, membership_or_none
from partnerships.models import Membership
from partnerships.rules.reasons import Kind
from partnerships.rules.refused import Refused

NextPage = Callable[[Booking, Membership], str]


def book_a_place(request: TenantRequest, reference: str, *, next_page: NextPage) -> HttpResponse:
    """Show the form, or act on it; ``next_page`` says where a new booking leads the person who made it."""
    is_sent = request.method == "POST"
    event = event_to_book(reference, hold=is_sent)
    by = membership_or_none(request)
    if by is None:
        query = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('join')}?{query}")
    try:
        wanted = application(
            event=event,
            by=by,
            person=request.GET.get("for"),
            now=timezone.now(),
            is_held=is_sent,
            grant_code=request.POST.get("grant_code", "")[:40],
        )
    except NoPolicy:
        return render(request, "bookings/no_policy.html", {"event": event})
    if wanted is None:
        raise Http404
    return handle(request, wanted, next_page)  # type: ignore[arg-type]


def event_to_book(reference: str, *, hold: bool) -> Event:
    """The event with all that the page says about it. When booking, its row is locked before anything else is read."""
    rows = Event.objects.in_catalogue().select_related("course__group", "venue")
    rows = rows.annotate(session_times=session_times())
    if hold:
        rows = rows.select_for_update(of=("self",))
    found: Event = get_object_or_404(rows, reference=reference)
    return found


def handle(request: MemberRequest, wanted: Application, next_page: NextPage) -> HttpResponse:
    """Show the form, or act on it."""
    if request.method == "POST" and (wanted.already_booked or wanted.already_waiting):
        return to_existing(request, wanted)
    if request.method != "POST" or not wanted.is_possible:
        return page(request, wanted, BookingForm(asks=asks_of(wanted)))
    form = BookingForm(request.POST, asks=asks_of(wanted))
    if not form.is_valid():
        return page(request, wanted, form, status=409 if form.terms_have_changed else 200)
    try:
        outcome = book_place(
            request=BookingRequest(
                event=wanted.event,
                membership=wanted.person,
                employment=form.chosen(),
                by=wanted.by,
                details=form.details(),
                override=form.cleaned_data.get("override", ""),
            ),
            now=wanted.now,
            wait_if_full=form.waits_if_full,
            desk=wanted.desk,
        )
    except Refused as refused:
        return refusal(request, wanted, form, refused)
    return after(request, wanted, outcome, next_page)


def after(
    request: MemberRequest,
    wanted: Application,
    outcome: Booking | WaitingListEntry,
    next_page: NextPage,
) -> HttpResponse:
    """The page after booking, or the place on the waiting list."""
    if isinstance(outcome, Booking):
        if outcome.waits_for:
            messages.info(request, "We are holding a place. It is not confirmed yet.")
        else:
            messages.success(request, f"{subject(wanted)} a place. The confirmation is on its way.")
        return redirect(next_page(outcome, wanted.by))
    messages.info(request, f"The event is full. {subject(wanted)} a place on the waiting list.")
    if wanted.for_somebody_else:
        return redirect("event", wanted.event.reference)
    return redirect("wait", wanted.event.reference)


def subject(wanted: Application) -> str:
    """“You have”, or “NAME has”."""
    return f"{wanted.person} has" if wanted.for_somebody_else else "You have"


def refusal(
    request: MemberRequest,
    wanted: Application,
    form: BookingForm,
    refused: Refused,
) -> HttpResponse:
    """Say why, keeping what was typed. Someone who already has a place is taken to it."""
    if "already_booked" in refused.codes:
        return to_existing(request, wanted)
    if ENDED_SINCE in refused.codes:
        form.start_anew()
    for reason in refused.reasons:
        if reason.kind is Kind.BLOCKS:
            form.add_error(reason.code if reason.code in form.fields else None, str(reason))
    return page(request, wanted, form, status=409)


def to_existing(request: MemberRequest, wanted: Application) -> HttpResponse:
    """The existing place. If the same form was sent again, say so, and what it changes."""
    existing = existing_place(wanted.event, wanted.person) or waiting_entry(wanted)
    if existing is None:  # cancelled at this very moment
        return redirect(request.get_full_path())
    if existing.submission == request.POST.get("submission"):
        say_what_was_corrected(request, wanted, existing)
    else:
        messages.info(request, "There was already a booking, so we did not make another one.")
    if isinstance(existing, Booking):
        return redirect("booking", existing.reference)
    if wanted.for_somebody_else:
        return redirect("event", wanted.event.reference)
    return redirect("wait", wanted.event.reference)


def say_what_was_corrected(
    request: MemberRequest, wanted: Application, made: Booking | WaitingListEntry
) -> None:
    """Someone went back, changed the form and sent it again. If nothing changed, say nothing."""
    # What was agreed to stands: the terms, and a grant whose last place this booking may have taken.
    form = BookingForm(request.POST, asks=replace(asks_of(wanted), against_code={}))
    form.say(terms="")
    before = f"This form has already been sent for {made.agency}."
    if not form.is_valid():
        errors = " ".join(str(error) for errors in form.errors.values() for error in errors)
        messages.warning(request, f"{before} Nothing was changed. {errors}")
        return
    if form.chosen().pk != made.employment_id:
        step = "To use another job, cancel this booking first."
        messages.warning(request, f"{before} {step}")
    changed, decided = amend_request(
        made=made, details=form.details(), asked=form.fields, now=wanted.now
    )
    if changed:
        messages.info(request, f"{before} We have updated {told(changed)}.")
    if decided:
        messages.warning(request, f"{before} It is too late to change {told(decided)}.")


CORRECTED = {
    "access_needs": "the access and dietary needs",
    "evidence": "the details of earlier training",
    "approver_name": "the manager’s name",
    "approver_email": "the manager’s email address",
}


def told(columns: Sequence[str]) -> str:
    """Corrected fields as a list in words."""
    return listed([CORRECTED[column] for column in columns])


def waiting_entry(wanted: Application) -> WaitingListEntry | None:
    """The person's entry on the event's waiting list."""
    rows = WaitingListEntry.objects.open().filter(event=wanted.event, membership=wanted.person)
    found: WaitingListEntry | None = rows.select_related("agency").first()
    return found


def existing_place(event: Event, person: Membership) -> Booking | None:
    """The person's booking for an event."""
    rows = Booking.objects.of_person(event, person).select_related("agency")
    found: Booking | None = rows.first()
    return found


def page(
    request: MemberRequest,
    wanted: Application,
    form: BookingForm,
    status: int = 200,
) -> HttpResponse:
    """The form, with everything that people should know first."""
    context = {
        "wanted": wanted,
        "event": wanted.event,
        "ask": form,
        "forms": [form],
        "existing": existing_place(wanted.event, wanted.person) if wanted.already_booked else None,
    }
    return render(request, "bookings/book.html", context, status=status)
