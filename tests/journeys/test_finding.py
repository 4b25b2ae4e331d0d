"""Someone finds a course, a month and a pathway, asks for dates, and takes their bookings into their own calendar."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.journeys.conftest import NewPerson
from tests.journeys.coordinating import given_a_published_event
from tests.journeys.site import Site
from tests.journeys.towns import APPROVES_BY_LINK, Town

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("slug", [APPROVES_BY_LINK.slug], indirect=True),
]


def test_a_slip_finds_the_course_and_a_role_its_pathway(town: Town, somebody: NewPerson) -> None:
    person = somebody("practitioner")
    person.open("/courses/?q=neglct")
    person.sees("Nothing matches “neglct” exactly.", "Did you mean neglect?")
    person.follow("neglect")
    person.sees("found")
    person.open("/courses/?q=exploited")
    assert "0 courses found" not in person.text


def test_a_month_is_turned_with_its_filters(town: Town, site: Site, somebody: NewPerson) -> None:
    reference = given_a_published_event(site, town, "MONTH-1", days=40)
    person = somebody("practitioner")
    person.open("/events/")
    person.follow("See a month")
    person.sees("Events in")
    month = f"{site.now() + timedelta(days=40):%Y-%m}"
    person.open(f"/calendar/?month={month}&kind=core")
    assert reference
    person.follow("Next month")
    assert "kind=core" in person.page.url
    person.follow("As a list")
    person.sees("found")


def test_someone_asks_for_dates_and_the_training_team_sees_it(
    town: Town, site: Site, somebody: NewPerson
) -> None:
    person = somebody("practitioner")
    person.open("/courses/")
    links = person.page.locator(".app-results__item", has_text="No dates yet").locator("h2 a")
    person.open(links.first.get_attribute("href").removeprefix(f"/{town.slug}"))  # type: ignore[union-attr]
    title = person.page.locator("h1").inner_text()
    person.follow("Tell me when there are dates")
    person.press("Email me")
    person.sees(f"We will email you when {title} has a date.", "You asked us to email you")
    coordinator = somebody("coordinator")
    coordinator.open("/")
    coordinator.follow("Requests for dates")
    coordinator.sees(title)
    person.follow("Stop the email")
    person.press("Stop the email")
    person.sees("We will not email you about dates")


def test_someone_gets_an_address_for_their_own_calendar(town: Town, somebody: NewPerson) -> None:
    person = somebody("practitioner")
    person.open("/my/")
    person.follow("See your bookings in your own calendar")
    person.press("Get an address")
    address = person.page.get_by_label("Your secret address").input_value()
    kind, content = person.fetch(re.sub(r"^https?://[^/]+", "", address))
    assert kind.startswith("text/calendar")
    assert content.startswith(b"BEGIN:VCALENDAR")
    person.press("Get a new address")
    person.sees("You have a new address.")
    assert person.page.get_by_label("Your secret address").input_value() != address
