"""Give an event new times: sessions, deadlines and messages move with it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import Booking, Offer
from bookings.operations.count_close_of_bookings import count_close_of_bookings
from bookings.operations.tell_changed import tell_changed
from bookings.rules.instants import hours_before, moved_along
from bookings.steps.locks import locked_event
from bookings.terms.agreement import agreed_terms
from bookings.terms.concerned import marked
from bookings.terms.practice import practice_here
from courses.models import Event
from courses.rules.states import EventState
from courses.terms.known import known
from partnerships.rules.refused import refuse
from tenancy import rulebook


@transaction.atomic
def move_event(*, event: Event, starts_at: datetime, now: datetime) -> Event:
    """Move an event that has not begun by as much as its start moves, in local time.

    Deadlines are worked out again and never become earlier for someone who has booked. A reminder that has not gone
    out is withdrawn, and the sweep writes it again in time for the new date.
    """
    event = locked_event(event.pk)
    if event.state not in {EventState.DRAFT, EventState.PUBLISHED} or now >= event.starts_at:
        raise refuse("event_past", "This event has already started or has been cancelled.")
    if starts_at <= now:
        raise refuse("in_the_past", "The new date must be in the future.")
    if starts_at == event.starts_at:
        raise refuse("same_date", "The event is already on this date. Nothing has changed.")
    if marked(event):
        sentence = "People have been marked on the register, so the date cannot be changed."
        raise refuse("marked", sentence)
    before = known(event)
    move_instants(event, starts_at)
    event.revision += 1
    event.save()
    count_close_of_bookings(event=event, now=now)
    with rulebook():  # prices and closure days are read once for all bookings
        for booking in bookings_of(event):
            follow(booking, event, now)
    shorten_offers(event)
    tell_changed(event=event, before=before, now=now)
    return event


def move_instants(event: Event, starts_at: datetime) -> None:
    """Sessions and the close of bookings keep their time of day, even when the clocks change in between."""
    start, zone = event.starts_at, timezone.get_current_timezone()
    for session in event.sessions.all():
        session.starts_at = moved_along(session.starts_at, start, starts_at, zone)
        session.ends_at = moved_along(session.ends_at, start, starts_at, zone)
        session.save()
    event.starts_at = starts_at
    event.ends_at = moved_along(event.ends_at, start, starts_at, zone)
    if event.bookings_close_at is not None:
        event.bookings_close_at = moved_along(event.bookings_close_at, start, starts_at, zone)


def bookings_of(event: Event) -> list[Booking]:
    """Bookings that have not ended."""
    rows = Booking.objects.select_for_update(of=("self",)).filter(event=event).open()
    return list(rows.select_related("membership__user", "policy", "register_exception", "group"))


def follow(booking: Booking, event: Event, now: datetime) -> None:
    """Move one booking's deadlines along."""
    booking.event = event
    hours = booking.policy.move_grace_hours
    booking.give_deadline(agreed_terms(booking).deadline_after_move(booking.deadline, now, hours))
    if booking.held_until is not None:
        booking.held_until = min(booking.held_until, event.starts_at)
    booking.save()


def shorten_offers(event: Event) -> None:
    """Shorten offers so that none stays open past the cut-off before the new start."""
    for offer in Offer.objects.filter(event=event).open():
        cut_off = hours_before(event.starts_at, practice_here().offer_cut_off_hours)
        if offer.expires_at > cut_off:
            offer.expires_at = cut_off
            offer.save()
