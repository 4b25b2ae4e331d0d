"""Whom a change of an event concerns: those who are booked, who wait, and who have been offered a place."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from bookings.models import Attendance, Booking, Offer, WaitingListEntry
from bookings.rules.states import BookingState
from bookings.rules.telling import who_is_told
from courses.models import Event
from courses.rules.changes import Change, for_those_without_a_place
from courses.rules.states import EventState
from courses.rules.when import Times
from partnerships.rules.wording import counted


def concerned(event: Event, changes: tuple[Change, ...], *, until: datetime, now: datetime) -> str:
    """Who will be told, in words; empty where nobody, as of an event that is over and stays so."""
    if event.state != EventState.PUBLISHED or until <= now:
        return ""
    booked = bookings_to_tell(event, changes, now).count()
    if not for_those_without_a_place(changes):
        return who_is_told(booked, 0, 0)
    return who_is_told(
        booked, waiting_to_tell(event, now).count(), offers_to_tell(event, now).count()
    )


def taken(event: Event, capacity: int) -> str:
    """How many people hold a place or an offer, in words, where that is more than the capacity."""
    held = Booking.objects.filter(event=event, walk_in=False).holding_a_place().count()
    number = held + Offer.objects.filter(event=event).open().count()
    return "" if number <= capacity else f"{counted(number, 'place')} are taken or offered"


def marked(event: Event) -> frozenset[Times]:
    """Sessions of which the register holds marks."""
    held = Attendance.objects.filter(session__event=event).order_by()
    return frozenset(held.values_list("session__starts_at", "session__ends_at").distinct())


def bookings_to_tell(event: Event, changes: tuple[Change, ...], now: datetime) -> QuerySet[Booking]:
    """Places that are booked, or that wait for somebody to agree: those read nothing of how to join."""
    here = Booking.objects.filter(event=event).still_here(timezone.localdate(now))
    rows: QuerySet[Booking] = here.open()
    if not for_those_without_a_place(changes):
        rows = rows.filter(state=BookingState.BOOKED)
    return rows


def waiting_to_tell(event: Event, now: datetime) -> QuerySet[WaitingListEntry]:
    """Those in line who can still get a place."""
    rows: QuerySet[WaitingListEntry] = (
        WaitingListEntry.objects.filter(event=event).waiting().still_here(timezone.localdate(now))
    )
    return rows


def offers_to_tell(event: Event, now: datetime) -> QuerySet[Offer]:
    """Offers that can still be answered."""
    here = WaitingListEntry.objects.filter(event=event).still_here(timezone.localdate(now))
    rows: QuerySet[Offer] = Offer.objects.filter(event=event, entry__in=here).open()
    return rows
