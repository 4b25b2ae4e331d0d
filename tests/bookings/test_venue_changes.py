"""People who are coming to a venue are told when it changes for them, and only then."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from bookings.rules.states import BookingState
from courses.models import Event, Venue
from courses.rules.states import EventState
from outbox.models import Message
from tests.bookings.test_book_place import book
from tests.bookings.test_event_changes import calendar_files
from tests.world import World, booking, event, in_days, offer, page_as, venue, waiting_entry

BEFORE = {
    "name": "Old Library",
    "address": "2 Station Road\r\nHarbour",
    "postcode": "AB1 3EF",
    "capacity": "30",
    "access_notes": "Lift to the first floor.\r\nParking behind the house.",
}


@pytest.fixture
def hall(world: World) -> Venue:
    """Two days and an evening to come, each with its people; and three events of which no one is told."""
    here = venue(**BEFORE | {"address": "2 Station Road\nHarbour"})
    harbour = world.harbour
    two_days = event(starts_at=in_days(42), days=2, capacity=2, venue=here)
    book(harbour.practitioner, two_days)
    booking(person=harbour.colleague, event=two_days, state=BookingState.PENDING)
    waiting_entry(person=harbour.manager, event=two_days)
    evening = event(starts_at=in_days(50), venue=here)
    booking(person=harbour.practitioner, event=evening)
    offer(entry=waiting_entry(person=harbour.other_practitioner, event=evening))
    over = event(starts_at=in_days(-5), venue=here)
    cancelled = event(starts_at=in_days(30), venue=here, state=EventState.CANCELLED)
    elsewhere = event(starts_at=in_days(30), venue=venue())
    for made in (over, cancelled, elsewhere):
        booking(person=harbour.trainer, event=made)
    Message.objects.all().delete()
    return here


class Page:
    """The venue's page in the admin."""

    def __init__(self, world: World, hall: Venue) -> None:
        self.browser = page_as(world.harbour.coordinator)
        self.url = reverse("admin:courses_venue_change", args=[hall.pk])

    def save(self, **fields: str) -> Any:
        return self.browser.post(self.url, BEFORE | fields)

    def save_and_tell(self, **fields: str) -> Any:
        return self.save(**fields, tell=self.save(**fields).context["asking"].mark)


@pytest.fixture
def page(world: World, hall: Venue) -> Page:
    return Page(world, hall)


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("name", "New Library", "Venue: Old Library, 2 Station Road, Harbour, AB1 3EF → New Lib"),
        ("address", "4 Station Road", "AB1 3EF → Old Library, 4 Station Road, AB1 3EF"),
        ("postcode", "AB1 3EG", "AB1 3EF → Old Library, 2 Station Road, Harbour, AB1 3EG"),
        ("access_notes", "Ring at the side door.", "→ Ring at the side door."),
    ],
)
def test_each_change_of_a_venue_is_told_to_everybody_who_is_to_come_there(
    world: World, page: Page, hall: Venue, field: str, typed: str, told: str
) -> None:
    asked = page.save(**{field: typed})
    assert told in asked.content.decode()
    hall.refresh_from_db()
    assert getattr(hall, field) != typed
    assert not Message.objects.exists()
    assert page.save(**{field: typed}, tell=asked.context["asking"].mark).status_code == 302
    hall.refresh_from_db()
    assert getattr(hall, field) == typed
    harbour = world.harbour
    people = ("practitioner", "practitioner", "colleague", "manager", "other_practitioner")
    assert sorted(Message.objects.values_list("to_email", flat=True)) == sorted(
        harbour.cast[name].user.email for name in people
    )
    for mail in Message.objects.all():
        assert mail.subject.startswith("Changed: ")
        assert typed in mail.text


def test_the_coordinator_sees_how_many_people_at_how_many_events_will_be_told(page: Page) -> None:
    html = page.save(postcode="AB1 3EG").content.decode()
    people = "3 people who are booked, 1 on the waiting list and 1 with an offer"
    assert f"This venue has 2 upcoming events. We will email {people} about these changes:" in html
    assert 'value="AB1 3EG"' in html  # what was typed is still there
    assert "Please correct" not in html
    page.save_and_tell(postcode="AB1 3EG")
    venues = page.browser.get(reverse("admin:courses_venue_changelist"))
    assert f"We will email {people}." in venues.content.decode()


def test_the_calendar_entry_has_the_new_address_and_a_higher_number(
    world: World, page: Page, hall: Venue
) -> None:
    page.save_and_tell(address="4 Station Road")
    two_days = Event.objects.filter(venue=hall, starts_at=in_days(42)).get()
    mail = Message.objects.get(
        to_email=world.harbour.practitioner.user.email, about=two_days.bookings.first().reference
    )
    days = [(f"{two_days.reference}-{day}", 1, "CONFIRMED") for day in (1, 2)]
    assert calendar_files(mail) == [("REQUEST", days)]
    [file] = mail.attachments
    assert "4 Station Road" in file["content"]
    page.save_and_tell(address="6 Station Road")
    two_days.refresh_from_db()
    assert two_days.revision == 2


@pytest.mark.parametrize(
    "fields", [{}, {"capacity": "12"}, {"address": " 2 Station Road\nHarbour\n"}]
)
def test_what_nobody_has_to_know_of_a_venue_is_saved_at_once_and_told_to_nobody(
    page: Page, hall: Venue, fields: dict[str, str]
) -> None:
    assert page.save(**fields).status_code == 302
    assert not Message.objects.exists()
    assert not Event.objects.filter(venue=hall, revision__gt=0).exists()


def test_a_venue_that_nobody_is_to_come_to_is_changed_and_made_without_a_question(
    world: World, hall: Venue
) -> None:
    Page(world, venue()).save(name="New Library")
    made = page_as(world.harbour.coordinator).post(
        reverse("admin:courses_venue_add"), BEFORE | {"name": "Barn"}
    )
    assert made.status_code == 302
    assert {"New Library", "Barn"} <= set(Venue.objects.values_list("name", flat=True))
    assert not Message.objects.exists()


def test_a_venue_with_a_mistake_is_not_asked_about(page: Page) -> None:
    answer = page.save(name="", postcode="AB1 3EG")
    assert "asking" not in answer.context
    assert "Please correct the error below." in answer.content.decode()
