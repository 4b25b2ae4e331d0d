"""A course of two separate days is told as two days, never as the week in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from bookings.emails.interest import tell_of_dates
from bookings.emails.places import (
    ask_approver,
    confirm_booking,
    make_offer_known,
    tell_as_planned,
    tell_kept,
    tell_of_end,
    tell_offer_expired,
    tell_taken_off,
    tell_waiting,
    tell_waiting_list_closed,
)
from bookings.models import Booking, CourseInterest, PlannedMail, WaitingListEntry
from bookings.operations.record_extra_cost import record_extra_cost
from bookings.operations.tell_changed import tell_changed
from bookings.rules.settlement import Settlement, Tells
from bookings.rules.states import BookingState
from courses.models import Event, Session
from courses.terms.known import known
from evaluation.emails import SUBJECTS, ask
from evaluation.rules.states import Stage
from outbox.models import Message
from tests.bookings.test_book_place import book
from tests.world import (
    World,
    booking,
    event,
    in_days,
    invitation,
    offer,
    page_as,
    trainer,
    venue,
    waiting_entry,
)


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
    place = book(world.harbour.practitioner, at)
    named = {"booking": place.reference, "course": at.course.slug}.get(name, at.reference)
    needs_none = name in {"events", "my_learning", "agency_bookings"}
    url = reverse(name, args=[] if needs_none else [named])
    assert both_days() in page_as(world.harbour.cast[PAGES[name]]).get(url).content.decode()


ENDED = {
    Tells.CANCELLED: BookingState.CANCELLED,
    Tells.DECLINED: BookingState.DECLINED,
    Tells.EVENT_CANCELLED: BookingState.EVENT_CANCELLED,
    Tells.REPLACED: BookingState.CANCELLED,
}


def ended(tells: Tells) -> Callable[[Booking, datetime], None]:
    """The mail that goes with an end of the booking."""
    settlement = Settlement(ENDED[tells], "As the test says.", tells=tells)
    return lambda place, now: tell_of_end(place, settlement, now, in_calendar=True)


def reminded(place: Booking, now: datetime) -> None:
    """The mail some days before."""
    tell_as_planned(place, PlannedMail.objects.get(), now)


def held(place: Booking, now: datetime) -> None:
    """The same place, but someone has to approve it."""
    place.waits_for, place.held_until = ["manager_approval"], in_days(3)
    confirm_booking(place, now)


def told_of_another_hall(place: Booking | WaitingListEntry, now: datetime) -> None:
    """To everyone who is booked, is waiting or has an offer."""
    before = known(place.event)
    place.event.revision += 1
    place.event.venue = venue()
    place.event.save()
    tell_changed(event=place.event, before=before, now=now)


def an_interpreter(place: Booking, now: datetime) -> None:
    """To the lead of the agency, who is the only one."""
    record_extra_cost(
        booking=place,
        description="Interpreter",
        amount=Decimal("120.00"),
        agreed_by="The head teacher",
        by=place.membership,
        at=now,
    )


BOOKED: dict[str, Callable[[Booking, datetime], None]] = {
    "booked": confirm_booking,
    "held": held,
    "approve": ask_approver,
    "kept": lambda place, now: tell_kept(place, place, "As the test says.", now),
    "planned": reminded,
    "changed": told_of_another_hall,
    "extra_cost": an_interpreter,
    **{tells: ended(tells) for tells in Tells},
}
IN_LINE: dict[str, Callable[[WaitingListEntry, datetime], None]] = {
    "waiting": tell_waiting,
    "offer": lambda entry, now: make_offer_known(offer(entry=entry), now),
    "offer_expired": lambda entry, now: tell_offer_expired(offer(entry=entry), now),
    "left": tell_taken_off,
    "waiting_list_closed": lambda entry, now: tell_waiting_list_closed(entry, entry.event, now),
    "changed_while_waiting": told_of_another_hall,
}


ASKED_FOR = {"dates"}
ABOUT_SEVERAL = {"restricted", "restriction_ended", "restriction_stands"}


def names_both_days(mail: Message, kind: str) -> None:
    assert mail.key.split(":")[1] == kind
    assert both_days() in mail.text
    assert both_days() in mail.html


@pytest.mark.parametrize("kind", BOOKED)
def test_every_mail_about_a_place_names_both_days(world: World, kind: str) -> None:
    place = booking(
        person=world.harbour.practitioner, event=two_days(), approver_email="lead@example.org"
    )
    BOOKED[kind](place, timezone.now())
    names_both_days(Message.objects.get(), kind)


@pytest.mark.parametrize("kind", IN_LINE)
def test_every_mail_about_the_waiting_list_names_both_days(world: World, kind: str) -> None:
    IN_LINE[kind](
        waiting_entry(person=world.harbour.practitioner, event=two_days()), timezone.now()
    )
    names_both_days(Message.objects.get(), kind)


def test_the_mail_to_someone_who_asked_for_dates_names_both_days(world: World) -> None:
    at, now = two_days(), timezone.now()
    asked = CourseInterest.objects.create(
        course=at.course, membership=world.harbour.practitioner, event=at, asked_at=now
    )
    tell_of_dates(asked, now)
    names_both_days(Message.objects.get(), "dates")


def test_no_mail_of_bookings_is_left_out_here() -> None:
    """A new one is about an event too, and gets its line above, unless it is about several."""
    mails = (settings.BASE_DIR / "templates/bookings/mail").glob("[!_]*.txt")
    assert {mail.stem for mail in mails} == {*BOOKED, *IN_LINE, *ASKED_FOR, *ABOUT_SEVERAL}


@pytest.mark.parametrize("stage", SUBJECTS)
def test_every_mail_that_asks_about_the_event_names_both_days(world: World, stage: Stage) -> None:
    place = booking(person=world.harbour.practitioner, event=two_days())
    ask(
        invitation(booking=place, stage=stage, closes_on=timezone.localdate()),
        due_at=timezone.now(),
    )
    names_both_days(Message.objects.get(), "sent")


def test_an_event_without_sessions_is_told_by_its_own_times(world: World) -> None:
    bare = event(starts_at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC))
    bare.sessions.all().delete()
    assert bare.when == "Tuesday 1 December 2026, 9:30am to 3:30pm"
