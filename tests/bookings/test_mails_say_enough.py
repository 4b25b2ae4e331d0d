"""A mail says what its reader needs next: where to go, what it costs, what else there is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.access import WAIVER, parts_of
from bookings.models import Booking
from bookings.operations.cancel_booking import cancel_booking
from bookings.operations.cancel_event import cancel_event
from bookings.operations.offer_freed_places import offer_freed_places
from courses.models import Event
from courses.rules.states import EventState
from outbox.models import Message
from tests.bookings.test_book_place import book
from tests.world import World, event, in_days, page_as, venue, waiting_entry

LINK = "https://meet.example.org/room-7"


def last_mail() -> Message:
    found: Message = Message.objects.latest("pk")
    return found


def both(mail: Message) -> list[str]:
    return [mail.text, mail.html]


def test_the_confirmation_holds_the_whole_address(world: World) -> None:
    hall = venue(name="Old Library", address="Gate 2\n14 Quay Street", postcode="AB1 3EF")
    book(world.harbour.practitioner, event(venue=hall))
    for text in both(last_mail()):
        assert "Old Library, Gate 2, 14 Quay Street, AB1 3EF" in text


def test_the_confirmation_holds_the_joining_link(world: World) -> None:
    book(
        world.harbour.practitioner,
        event(delivery="virtual", joining_url=LINK, joining_notes="Code 77"),
    )
    for text in both(last_mail()):
        assert LINK in text
        assert "Code 77" in text


def test_the_confirmation_says_that_the_joining_link_follows(world: World) -> None:
    book(world.harbour.practitioner, event(delivery="virtual"))
    for text in both(last_mail()):
        assert "We will send the joining details before the day." in text


def test_the_offer_says_what_cancelling_late_or_not_coming_would_cost(world: World) -> None:
    waiting_entry(person=world.harbour.other_practitioner, event=event(capacity=1))
    assert offer_freed_places(now=timezone.now()) == 1
    for text in both(last_mail()):
        assert "ancelling late: £40.00" in text
        assert "ot attending: £75.00" in text


def cancelled(world: World, *, days: int = 42, notice: int = 42) -> Booking:
    """A place given back so many days before the event."""
    made = book(world.harbour.practitioner, event(starts_at=in_days(days)))
    now = made.event.starts_at - timedelta(days=notice) if notice < days else timezone.now()
    cancel_booking(
        booking=made, by=world.harbour.practitioner, received_at=now, entered_at=now, reason=""
    )
    made.refresh_from_db()
    return made


def test_a_late_cancellation_links_the_way_to_ask_for_a_waiver(world: World) -> None:
    made = cancelled(world, notice=1)
    for text in both(last_mail()):
        [token] = set(re.findall(r"/harbour/waiver/([^/\s]+)/", text))
        assert parts_of(WAIVER, token) == [made.pk, str(made.membership_id)]
        assert "Ask by the end of" in text


def dates_of(at: Event) -> list[Event]:
    """Three dates that can be chosen, and those that cannot."""
    event(course=at.course, starts_at=in_days(-9))
    event(course=at.course, starts_at=in_days(60), state=EventState.DRAFT)
    event(course=at.course, starts_at=in_days(61), state=EventState.CANCELLED)
    event(starts_at=in_days(62))
    return [event(course=at.course, starts_at=in_days(days)) for days in (70, 80, 90)]


@pytest.mark.parametrize("whole_event", [False, True])
def test_who_lost_a_place_reads_the_other_dates_of_the_course(
    world: World, whole_event: bool
) -> None:
    made = book(world.harbour.practitioner, event())
    others = dates_of(made.event)
    now = timezone.now()
    if whole_event:
        cancel_event(event=made.event, by=world.harbour.coordinator, now=now, reason="Snow.")
    else:
        cancel_booking(
            booking=made, by=world.harbour.practitioner, received_at=now, entered_at=now, reason=""
        )
    page = page_as(world.harbour.practitioner).get(reverse("booking", args=[made.reference]))
    for text in [*both(last_mail()), page.content.decode()]:
        for other in others:
            assert other.when in text
            assert other.get_absolute_url() in text
        assert text.count("9:30am to 3:30pm") == 4  # the place that was lost, and no others


def test_no_other_date_is_said_to_be_none(world: World) -> None:
    cancelled(world)
    for text in both(last_mail()):
        assert "There are no other dates for this course at the moment." in text


def test_weekends_are_summed_up_in_the_count_of_a_deadline(world: World) -> None:
    book(world.harbour.practitioner, event())
    for text in both(last_mail()):
        assert text.count("Saturdays and Sundays are not counted.") == 1
        assert "weekend (" not in text
