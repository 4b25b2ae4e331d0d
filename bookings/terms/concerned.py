"""Who is affected by a change to an event: people who are booked, waiting or have an offer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from bookings.models import Attendance, Booking, Offer, WaitingListEntry
from bookings.rules.states import BookingState
from bookings.rules.telling import who_is_told
from courses.models import Event
from courses.rules.changes import EventChange, for_those_without_a_place
from courses.rules.states import EventState
from courses.rules.when import Times
from govuk.rules.phrases import counted


def concerned(events: Collection[Event], changes: tuple[EventChange, ...], *, now: datetime) -> str:
    """Who will be told, in words; empty if no one, for example if the event is not published."""
    events = [event for event in events if event.state == EventState.PUBLISHED]
    booked = bookings_to_tell(events, changes, now).count()
    if not for_those_without_a_place(changes):
        return who_is_told(booked, 0, 0)
    return who_is_told(
        booked, waiting_to_tell(events, now).count(), offers_to_tell(events, now).count()
    )


def taken(event: Event, capacity: int) -> str:
    """How many people have a place or an offer, in words, if that is more than the capacity."""
    held = Booking.objects.filter(event=event, walk_in=False).holding_a_place().count()
    number = held + Offer.objects.filter(event=event).open().count()
    return "" if number <= capacity else f"{counted(number, 'place')} are taken or offered"


def marked(event: Event) -> frozenset[Times]:
    """Sessions with marks in the register."""
    held = Attendance.objects.filter(session__event=event).order_by()
    return frozenset(held.values_list("session__starts_at", "session__ends_at").distinct())


def bookings_to_tell(
    events: Collection[Event], changes: tuple[EventChange, ...], now: datetime
) -> QuerySet[Booking]:
    """Places that are booked, or that wait for approval. The latter are not told how to join online."""
    here = Booking.objects.filter(event__in=events).still_here(timezone.localdate(now))
    rows: QuerySet[Booking] = here.open()
    if not for_those_without_a_place(changes):
        rows = rows.filter(state=BookingState.BOOKED)
    return rows


def waiting_to_tell(events: Collection[Event], now: datetime) -> QuerySet[WaitingListEntry]:
    """People on the waiting list who can still get a place."""
    here = WaitingListEntry.objects.filter(event__in=events).still_here(timezone.localdate(now))
    rows: QuerySet[WaitingListEntry] = here.waiting()
    return rows


def offers_to_tell(events: Collection[Event], now: datetime) -> QuerySet[Offer]:
    """Offers that can still be answered."""
    here = WaitingListEntry.objects.filter(event__in=events).still_here(timezone.localdate(now))
    rows: QuerySet[Offer] = Offer.objects.filter(event__in=events, entry__in=here).open()
    return rows
