"""People who are booked, waiting or have an offer are told what has changed about an event, and only then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from bookings.operations.move_event import move_event
from bookings.operations.write_next_planned_mail import write_next_planned_mail
from bookings.rules.states import BookingState
from bookings.rules.telling import who_is_told
from courses.models import Event
from courses.rules.states import EventState
from outbox.models import Message
from tests.bookings.test_book_place import book
from tests.courses.test_operations import management, split
from tests.world import (
    World,
    attendance,
    booking,
    event,
    in_days,
    offer,
    page_as,
    venue,
    waiting_entry,
)

HOURS = timedelta(hours=6)
LINK = "https://meet.example.org/room-7"


@pytest.fixture
def at(world: World) -> Event:
    """Two days, a venue, and someone of each kind who has to do with it."""
    made = event(starts_at=in_days(42), days=2, capacity=2, venue=venue(name="Old Library"))
    harbour = world.harbour
    book(harbour.practitioner, made)
    booking(person=harbour.colleague, event=made, state=BookingState.PENDING)
    booking(person=harbour.finance, event=made, state=BookingState.CANCELLED)
    waiting_entry(person=harbour.manager, event=made)
    offer(entry=waiting_entry(person=harbour.other_practitioner, event=made))
    Message.objects.all().delete()
    return made


class Page:
    """The event's page in the admin, with what is typed into it."""

    def __init__(self, browser: Browser, at: Event) -> None:
        self.browser, self.at = browser, at
        self.url = reverse("admin:courses_event_change", args=[at.pk])

    def typed(self, **fields: Any) -> dict[str, Any]:
        at = self.at
        data = {
            "course": at.course_id,
            "delivery": at.delivery,
            "venue": at.venue_id or "",
            "capacity": at.capacity,
            "joining_url": at.joining_url,
            "joining_notes": at.joining_notes,
            **management("sessions", at.sessions.count()),
            **management("event_trainers", 0),
        }
        for number, one in enumerate(at.sessions.all()):
            row = f"sessions-{number}"
            data |= {f"{row}-id": one.pk, f"{row}-event": at.pk}
            data |= split(f"{row}-starts_at", one.starts_at) | split(f"{row}-ends_at", one.ends_at)
        return data | fields

    def save(self, **fields: Any) -> Any:
        return self.browser.post(self.url, self.typed(**fields))

    def save_and_tell(self, **fields: Any) -> Any:
        asked = self.save(**fields)
        return self.save(**fields, tell=asked.context["asking"].mark)


@pytest.fixture
def page(world: World, at: Event) -> Page:
    return Page(page_as(world.harbour.coordinator), at)


def mail_to(world: World, name: str) -> Message:
    found: Message = Message.objects.get(to_email=world.harbour.cast[name].user.email)
    return found


def another_venue(at: Event) -> dict[str, Any]:
    return {"venue": venue(name="Town Hall").pk}


def online(at: Event) -> dict[str, Any]:
    return {"delivery": "virtual"}


def longer(at: Event) -> dict[str, Any]:
    last = at.sessions.get(position=2)
    return split("sessions-1-ends_at", last.ends_at + timedelta(hours=1))


def moved_second_day(at: Event) -> dict[str, Any]:
    last = at.sessions.get(position=2)
    week = timedelta(days=7)
    return split("sessions-1-starts_at", last.starts_at + week) | split(
        "sessions-1-ends_at", last.ends_at + week
    )


def added_day(at: Event) -> dict[str, Any]:
    return {
        "sessions-TOTAL_FORMS": "3",
        "sessions-2-event": at.pk,
        **split("sessions-2-starts_at", in_days(50)),
        **split("sessions-2-ends_at", in_days(50) + HOURS),
    }


def removed_day(at: Event) -> dict[str, Any]:
    return {"sessions-1-DELETE": "on"}


@pytest.mark.parametrize(
    ("change", "label"),
    [
        (another_venue, "Venue"),
        (online, "How it is delivered"),
        (longer, "When"),
        (moved_second_day, "When"),
        (added_day, "When"),
        (removed_day, "When"),
    ],
)
def test_everybody_whom_a_change_concerns_gets_one_mail_about_it(
    world: World, at: Event, page: Page, change: Callable[[Event], dict[str, Any]], label: str
) -> None:
    assert page.save_and_tell(**change(at)).status_code == 302
    told = sorted(Message.objects.values_list("to_email", flat=True))
    people = ("practitioner", "colleague", "manager", "other_practitioner")
    assert told == sorted(world.harbour.cast[name].user.email for name in people)
    for mail in Message.objects.all():
        assert mail.subject.startswith("Changed: ")
        assert f"{label}\n  Before: " in mail.text
        assert "<strong>" + label in mail.html


def test_the_coordinator_sees_who_will_be_told_before_anything_is_saved(
    at: Event, page: Page
) -> None:
    typed = {**another_venue(at), "capacity": "17"}
    asked = page.save(**typed)
    html = asked.content.decode()
    told = "We will email 2 people who are booked, 1 on the waiting list and 1 with an offer"
    assert told in html
    assert (
        "Venue: Old Library, 2 Station Road, AB1 3EF → Town Hall, 2 Station Road, AB1 3EF" in html
    )
    assert 'value="17"' in html  # what was typed is still there
    assert "Please correct" not in html
    at.refresh_from_db()
    assert (at.venue.name, at.capacity) == ("Old Library", 2)
    assert not Message.objects.exists()


def test_the_coordinator_reads_afterwards_who_was_told(at: Event, page: Page) -> None:
    page.save_and_tell(**another_venue(at))
    list_of_events = page.browser.get(reverse("admin:courses_event_changelist"))
    told = "We will email 2 people who are booked, 1 on the waiting list and 1 with an offer."
    assert told in list_of_events.content.decode()


def test_agreeing_to_one_change_does_not_save_another(at: Event, page: Page) -> None:
    mark = page.save(**another_venue(at)).context["asking"].mark
    again = page.save(**online(at), tell=mark)
    assert again.context["asking"].mark != mark
    assert not Message.objects.exists()


@pytest.mark.parametrize("fields", [{}, {"capacity": "30"}])
def test_what_nobody_has_to_know_is_saved_at_once_and_told_to_nobody(
    at: Event, page: Page, fields: dict[str, Any]
) -> None:
    assert page.save(**fields).status_code == 302
    at.refresh_from_db()
    assert at.capacity == int(fields.get("capacity", 2))
    assert not Message.objects.exists()


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.COMPLETED])
def test_nobody_is_asked_or_told_about_an_event_that_nobody_waits_for(
    at: Event, page: Page, state: EventState
) -> None:
    Event.objects.filter(pk=at.pk).update(state=state)
    assert page.save(**another_venue(at)).status_code == 302
    assert not Message.objects.exists()


def test_the_joining_link_is_told_to_those_alone_who_hold_a_place(
    world: World, at: Event, page: Page
) -> None:
    asked = page.save(joining_url=LINK)
    assert asked.context["asking"].concerned == "1 person who is booked"
    page.save(joining_url=LINK, tell=asked.context["asking"].mark)
    assert Message.objects.count() == 1, "people who cannot read the link are not emailed about it"
    Message.objects.all().delete()
    page.save_and_tell(joining_url=f"{LINK}b", **online(at))
    assert LINK in mail_to(world, "practitioner").text
    for name in ("colleague", "manager", "other_practitioner"):
        mail = mail_to(world, name)
        assert LINK not in mail.text + mail.html


def calendar_files(mail: Message) -> list[tuple[str, list[tuple[str, int, str]]]]:
    """Method of each file, and the entries in it: UID, SEQUENCE and STATUS."""
    found = []
    for file in mail.attachments:
        calendar = icalendar.Calendar.from_ical(file["content"])
        entries = [
            (str(one["UID"]).split("@")[0], int(str(one["SEQUENCE"])), str(one["STATUS"]))
            for one in calendar.walk("VEVENT")
        ]
        found.append((str(calendar["METHOD"]), entries))
    return found


def test_the_calendar_entry_is_updated_and_a_removed_day_taken_out(
    world: World, at: Event, page: Page
) -> None:
    page.save_and_tell(**removed_day(at))
    one, two = (f"{at.reference}-{position}" for position in (1, 2))
    assert calendar_files(mail_to(world, "practitioner")) == [
        ("REQUEST", [(one, 1, "CONFIRMED")]),
        ("CANCEL", [(two, 1, "CANCELLED")]),
    ]
    assert mail_to(world, "colleague").attachments == []  # a held place is in no calendar
    Message.objects.all().delete()
    at.refresh_from_db()
    page.save_and_tell(
        **{
            "sessions-TOTAL_FORMS": "2",
            "sessions-1-event": at.pk,
            **split("sessions-1-starts_at", in_days(50)),
            **split("sessions-1-ends_at", in_days(50) + HOURS),
        }
    )
    assert calendar_files(mail_to(world, "practitioner")) == [
        ("REQUEST", [(one, 2, "CONFIRMED"), (two, 2, "CONFIRMED")])
    ]


def test_impossible_sessions_save_nothing_and_keep_what_was_typed(at: Event, page: Page) -> None:
    answer = page.save(**split("sessions-0-starts_at", in_days(41)), capacity="17")
    assert "You cannot change the start of a published event here." in answer.content.decode()
    at.refresh_from_db()
    assert at.capacity == 2


def test_a_moved_event_is_told_to_those_who_wait_or_hold_an_offer_too(
    world: World, at: Event
) -> None:
    move_event(event=at, starts_at=in_days(70), now=timezone.now())
    assert Message.objects.count() == 4
    for name in ("practitioner", "colleague", "manager", "other_practitioner"):
        mail = mail_to(world, name)
        assert mail.subject.startswith("New date: ")
        assert "When\n  Before: " in mail.text


def test_a_reminder_of_the_old_place_is_written_anew(world: World, at: Event, page: Page) -> None:
    near = at.starts_at - timedelta(days=4)
    assert write_next_planned_mail(now=near) == 1
    page.save_and_tell(**another_venue(at))
    assert write_next_planned_mail(now=near) == 1
    old, new = Message.objects.filter(subject__startswith="Reminder").order_by("pk")
    assert (old.state, new.state) == ("cancelled", "pending")
    assert "Town Hall" in new.text


def test_everybody_who_is_told_is_counted_in_words() -> None:
    assert who_is_told(12, 3, 1) == (
        "12 people who are booked, 3 on the waiting list and 1 with an offer"
    )
    assert who_is_told(1, 0, 0) == "1 person who is booked"
    assert who_is_told(0, 2, 0) == "2 people on the waiting list"
    assert who_is_told(0, 0, 0) == ""


def test_fewer_places_than_are_taken_are_kept_only_when_confirmed(page: Page, at: Event) -> None:
    """Said before, with the number; no one is told, and no one loses a place."""
    asked = page.save(capacity=1)
    assert asked.status_code == 200
    assert "3 places are taken or offered, and you have entered 1 place." in asked.content.decode()
    at.refresh_from_db()
    assert at.capacity == 2
    assert page.save(capacity=1, tell=asked.context["asking"].mark).status_code == 302
    at.refresh_from_db()
    assert at.capacity == 1
    assert not Message.objects.exists()
    assert page.save(capacity=0, tell=asked.context["asking"].mark).status_code == 200


def test_more_places_ask_nothing(page: Page) -> None:
    assert page.save(capacity=9).status_code == 302


def test_a_day_with_marks_stays_and_marks_stay_with_their_day(world: World) -> None:
    """Neither removed nor moved; a day that is put in between takes nobody's marks along."""
    made = event(starts_at=in_days(-3), days=3, capacity=5)
    there = booking(person=world.harbour.practitioner, event=made)
    days = list(made.sessions.order_by("position"))
    attendance(booking=there, session=days[2])
    page = Page(page_as(world.harbour.coordinator), made)
    refused = page.save(**{"sessions-2-DELETE": "on"})
    assert refused.status_code == 200
    assert "so you cannot change that session" in refused.content.decode()
    assert page.save(**{"sessions-1-DELETE": "on"}).status_code == 302
    assert [one.pk for one in made.sessions.order_by("position")] == [days[0].pk, days[2].pk]
    assert there.attendances.get().session == days[2]


def test_an_event_that_is_over_is_lengthened_only_when_those_concerned_are_told(
    world: World,
) -> None:
    made = event(starts_at=in_days(-3), capacity=5)
    booking(person=world.harbour.practitioner, event=made)
    page = Page(page_as(world.harbour.coordinator), made)
    later = in_days(7)
    more = split("sessions-1-starts_at", later) | split("sessions-1-ends_at", later + HOURS)
    more |= {"sessions-TOTAL_FORMS": "2", "sessions-1-event": made.pk}
    assert page.save(**more).context["asking"].concerned == "1 person who is booked"
    assert page.save_and_tell(**more).status_code == 302
    assert Message.objects.count() == 1


def test_who_has_left_is_neither_counted_nor_told(world: World, at: Event, page: Page) -> None:
    for who in (world.harbour.colleague, world.harbour.other_practitioner):
        who.employments.update(ends_on=in_days(-1).date())
    asked = page.save(**another_venue(at))
    assert asked.context["asking"].concerned == "1 person who is booked and 1 on the waiting list"
