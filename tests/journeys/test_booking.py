"""Places are found, booked, given up and passed on."""

from __future__ import annotations

import pytest

from tests.journeys.booking import (
    then_it_is_confirmed,
    then_the_event_tells_everything,
    when_a_newcomer_signs_up,
    when_a_visitor_searches,
    when_they_book,
    when_they_cancel,
    when_they_open_the_booking_page,
)
from tests.journeys.conftest import NewPerson
from tests.journeys.coordinating import given_a_published_event
from tests.journeys.mailbox import link_in, text_of
from tests.journeys.site import Site
from tests.journeys.towns import Town

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_newcomer_finds_an_event_signs_up_and_books(
    town: Town, site: Site, somebody: NewPerson
) -> None:
    event = given_a_published_event(site, town, "JOURNEY-1", days=41)
    newcomer = somebody()
    when_a_visitor_searches(newcomer, town, event)
    then_the_event_tells_everything(newcomer, town)
    when_a_newcomer_signs_up(newcomer, town, "Marigold Fennimore")
    when_they_book(newcomer, town, needs="Large print, please")
    then_it_is_confirmed(newcomer, town, event)
    newcomer.sees("Large print, please")


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_a_place_given_up_in_time_costs_nothing(
    town: Town, site: Site, somebody: NewPerson, javascript: bool
) -> None:
    reference = f"JOURNEY-2{javascript:d}"
    event = given_a_published_event(site, town, reference, days=43)
    person = somebody("practitioner", javascript=javascript)
    when_they_open_the_booking_page(person, event)
    booking = when_they_book(person, town)
    when_they_cancel(person, booking)
    person.sees("Cancelling now is free")
    person.press("Cancel the place")
    person.sees("Cancelled")
    person.open(event.address)
    person.sees("12 places left")


def test_a_place_given_up_late_is_charged_and_goes_to_the_next_who_waits(
    town: Town, site: Site, somebody: NewPerson
) -> None:
    event = given_a_published_event(site, town, "JOURNEY-3", days=6, places=1)
    first, second = somebody("practitioner"), somebody("other-practitioner")
    when_they_open_the_booking_page(first, event)
    booking = when_they_book(first, town)

    second.open(event.address)
    second.sees("Full, waiting list open")
    second.follow("Join the waiting list")
    when_they_book(second, town)
    second.sees("You are number 1 on the waiting list")

    when_they_cancel(first, booking)
    first.sees("Cancelling now costs", town.late)
    first.press("Cancel the place")
    first.sees("Cancelled late", f"Late cancellation fee: {town.late}")

    site.sweep(town.slug)
    offer = site.mails.latest(second.email, town.course)
    assert "holding it for you until" in text_of(offer)
    second.open(link_in(offer, "/offer/"))
    second.press("Take the place and accept the policy")
    second.open(event.address)
    second.sees("You have a place at this event")
