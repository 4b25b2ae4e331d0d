"""Someone's own bookings in their own calendar, by a secret address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.access import calendar_token
from bookings.documents.calendars import booking_ics
from bookings.operations.renew_own_calendar import renew_own_calendar
from bookings.rules.states import BookingState
from tenancy import activate
from tests.world import Browser, World, booking, course, event, in_days, page_as

pytestmark = pytest.mark.django_db


def address_of(who: Any) -> str:
    """The path of a new address."""
    made = renew_own_calendar(membership=who, now=timezone.now())
    return reverse("my_calendar_ics", args=[calendar_token(made)])


def entries(client: Browser, path: str) -> list[Any]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def test_the_page_gives_an_address_that_opens_without_signing_in(
    world: World, client: Browser
) -> None:
    booking(person=world.harbour.practitioner, event=event(course=course(title="Neglect")))
    booking(person=world.harbour.colleague, event=event(course=course(title="Theirs")))
    browser = page_as(world.harbour.practitioner)
    assert "Get an address" in browser.get(reverse("my_calendar")).content.decode()
    page = browser.post(reverse("my_calendar"), follow=True)
    assert page.context["address"] in page.content.decode()
    (entry,) = entries(client, urlsplit(page.context["address"]).path)
    assert (str(entry["SUMMARY"]), str(entry["STATUS"])) == ("Neglect", "CONFIRMED")


def test_a_new_address_ends_the_old_one(world: World, client: Browser) -> None:
    old = address_of(world.harbour.practitioner)
    new = address_of(world.harbour.practitioner)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_names_are_those_of_the_invitation_and_stay(world: World, client: Browser) -> None:
    made = booking(person=world.harbour.practitioner, event=event(days=2))
    path = address_of(world.harbour.practitioner)
    invited = icalendar.Calendar.from_ical(booking_ics(made, timezone.now())).walk("VEVENT")
    for _ in range(2):
        found = entries(client, path)
        assert [one["UID"] for one in found] == [one["UID"] for one in invited]
        assert [one["SEQUENCE"] for one in found] == [one["SEQUENCE"] for one in invited]


def test_a_place_that_was_given_up_is_cancelled_and_one_booked_again_is_not(
    world: World, client: Browser
) -> None:
    run = event()
    booking(person=world.harbour.practitioner, event=run, state=BookingState.CANCELLED)
    path = address_of(world.harbour.practitioner)
    (gone,) = entries(client, path)
    assert str(gone["STATUS"]) == "CANCELLED"
    booking(person=world.harbour.practitioner, event=run)
    (again,) = entries(client, path)
    assert (str(again["STATUS"]), again["UID"]) == ("CONFIRMED", gone["UID"])
    assert again["SEQUENCE"] > gone["SEQUENCE"]


def test_no_other_text_opens_a_calendar(world: World, client: Browser) -> None:
    with activate(world.moorland.partnership):
        made = renew_own_calendar(membership=world.moorland.practitioner, now=timezone.now())
        theirs = calendar_token(made)
    for token in (theirs, "x", "1:1:1", theirs[:-1]):
        assert client.get(reverse("my_calendar_ics", args=[token])).status_code == 404


def test_it_closes_with_the_membership(world: World, client: Browser) -> None:
    path = address_of(world.harbour.practitioner)
    world.harbour.practitioner.is_active = False
    world.harbour.practitioner.save()
    assert client.get(path).status_code == 404


def test_it_asks_the_database_equally_often_however_many_bookings_there_are(
    world: World, client: Browser, django_assert_max_num_queries: Any
) -> None:
    path = address_of(world.harbour.practitioner)
    numbers = []
    for more in (2, 8):
        for day in range(more):
            booking(person=world.harbour.practitioner, event=event(starts_at=in_days(day + more)))
        with django_assert_max_num_queries(12) as asked:
            entries(client, path)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
