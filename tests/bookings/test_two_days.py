"""A course of two separate days is told as two days, never as the week in between."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import Event, Session
from partnerships.models import Message
from tests.bookings.test_book_place import book
from tests.world import World, event, in_days, page_as, trainer


def two_days() -> Event:
    """A day in six weeks and the same day of the week after it."""
    at = event(starts_at=in_days(42), trainers=[trainer()])
    week = timedelta(days=7)
    Session.objects.create(
        event=at, position=2, starts_at=in_days(49), ends_at=in_days(49) + timedelta(hours=6)
    )
    at.ends_at += week
    at.save()
    return at


def words(day: date) -> str:
    return f"{day:%A} {day.day}"


def both_days() -> str:
    first, second = (timezone.localdate() + timedelta(days=days) for days in (42, 49))
    if first.year != second.year:
        return f"{words(first)} {first:%B %Y} and {words(second)} {second:%B %Y}, 9:30am to 3:30pm"
    month = "" if first.month == second.month else f" {first:%B}"
    return f"{words(first)}{month} and {words(second)} {second:%B %Y}, 9:30am to 3:30pm"


PAGES = {
    "events": "practitioner",
    "event": "practitioner",
    "course": "practitioner",
    "booking": "practitioner",
    "my_learning": "practitioner",
    "event_board": "coordinator",
    "cancel_event": "coordinator",
    "agency_bookings": "agency_lead",
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_names_both_days(world: World, name: str) -> None:
    at = two_days()
    booking = book(world.harbour.practitioner, at)
    named = {"booking": booking.reference, "course": at.course.slug}.get(name, at.reference)
    needs_none = name in {"events", "my_learning", "agency_bookings"}
    url = reverse(name, args=[] if needs_none else [named])
    assert both_days() in page_as(world.harbour.cast[PAGES[name]]).get(url).content.decode()


def test_every_mail_names_both_days(world: World) -> None:
    booking = book(world.harbour.practitioner, two_days())
    mail = Message.objects.get(about=booking.reference)
    assert both_days() in mail.text
    assert both_days() in mail.html


def test_an_event_without_sessions_is_told_by_its_own_times(world: World) -> None:
    bare = event(starts_at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC))
    bare.sessions.all().delete()
    assert bare.when == "Tuesday 1 December 2026, 9:30am to 3:30pm"
