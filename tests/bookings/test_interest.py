"""Asking to be told when a course has dates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import CourseInterest
from bookings.operations.ask_for_dates import ask_for_dates
from bookings.operations.stop_asking_for_dates import stop_asking_for_dates
from bookings.operations.tell_next_interest import tell_next_interest
from bookings.reports.interest import courses_asked_for
from courses.operations.publish_event import publish_event
from courses.rules.states import EventState
from outbox.models import Message
from tests.world import Browser, World, course, event, in_days, page_as, trainer

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    """The addresses that were written to about dates."""
    rows = Message.objects.filter(key__contains=":dates:")
    return sorted(rows.values_list("to_email", flat=True))


def tell_all() -> int:
    """How many people the sweep tells."""
    count = 0
    while tell_next_interest(now=timezone.now()):
        count += 1
    return count


def test_someone_asks_on_the_course_page_and_stops_there_too(world: World) -> None:
    neglect = course(title="Neglect", slug="neglect")
    browser = page_as(world.harbour.practitioner)
    address = reverse("tell_me", args=["neglect"])
    assert address in browser.get(neglect.get_absolute_url()).content.decode()
    assert "Email me" in browser.get(address).content.decode()
    for _ in range(2):  # twice is once
        browser.post(address)
    asked = CourseInterest.objects.get()
    assert (asked.membership, asked.agency) == (world.harbour.practitioner, world.harbour.school)
    assert "You asked us to email you" in browser.get(neglect.get_absolute_url()).content.decode()
    assert "Stop the email" in browser.get(address).content.decode()
    browser.post(address, {"stop": "on"})
    assert not CourseInterest.objects.open().exists()
    browser.post(address)
    assert CourseInterest.objects.open().count() == 1


def test_a_visitor_signs_in_first_and_a_course_with_dates_does_not_ask(
    world: World, client: Browser
) -> None:
    neglect = course(title="Neglect", slug="neglect")
    assert client.get(reverse("tell_me", args=["neglect"])).status_code == 302
    event(course=neglect)
    assert "Tell me when" not in client.get(neglect.get_absolute_url()).content.decode()


def test_each_is_told_once_when_an_event_is_published(world: World) -> None:
    neglect = course()
    for person in (
        world.harbour.practitioner,
        world.harbour.colleague,
        world.harbour.other_practitioner,
    ):
        ask_for_dates(course=neglect, by=person, now=timezone.now())
    stop_asking_for_dates(course=neglect, by=world.harbour.colleague, now=timezone.now())
    draft = event(course=neglect, state=EventState.DRAFT, trainers=[trainer()])
    assert tell_all() == 0
    publish_event(event=draft, now=timezone.now())
    assert tell_all() == 2
    assert told() == sorted(
        one.user.email for one in (world.harbour.practitioner, world.harbour.other_practitioner)
    )
    event(course=neglect, starts_at=in_days(70))
    assert tell_all() == 0
    message = Message.objects.filter(key__contains=":dates:").first()
    assert reverse("event", args=[draft.reference]) in message.text


@pytest.mark.parametrize(
    "fields",
    [
        {"state": EventState.CANCELLED},
        {"starts_at": in_days(-3)},
        {"bookings_close_at": timezone.now() - timedelta(days=1)},
    ],
    ids=["cancelled", "past", "bookings closed"],
)
def test_nobody_is_told_of_a_date_that_cannot_be_booked(
    world: World, fields: dict[str, Any]
) -> None:
    neglect = course()
    ask_for_dates(course=neglect, by=world.harbour.practitioner, now=timezone.now())
    event(course=neglect, **fields)
    assert tell_all() == 0


def test_people_who_have_left_are_not_told(world: World) -> None:
    neglect = course()
    ask_for_dates(course=neglect, by=world.harbour.practitioner, now=timezone.now())
    world.harbour.practitioner.employments.update(ends_on=timezone.localdate() - timedelta(days=1))
    event(course=neglect)
    assert tell_all() == 0


def test_the_training_team_sees_how_many_ask_by_agency(
    world: World, django_assert_max_num_queries: Any
) -> None:
    neglect, other = course(title="Neglect"), course(title="Online safety")
    for person in (
        world.harbour.practitioner,
        world.harbour.colleague,
        world.harbour.other_practitioner,
    ):
        ask_for_dates(course=neglect, by=person, now=timezone.now())
    ask_for_dates(course=other, by=world.harbour.practitioner, now=timezone.now())
    first, second = courses_asked_for()
    assert (first.title, first.people, second.people) == ("Neglect", 3, 1)
    assert sorted(people for _, people in first.agencies) == [1, 2]
    browser = page_as(world.harbour.coordinator)
    browser.get(reverse("interest"))
    with django_assert_max_num_queries(12):
        page = browser.get(reverse("interest")).content.decode()
    assert f"{world.harbour.school}: 2" in page


def test_only_the_training_team_sees_who_asks(world: World) -> None:
    for who in (world.harbour.practitioner, world.harbour.agency_lead):
        assert page_as(who).get(reverse("interest")).status_code == 403
