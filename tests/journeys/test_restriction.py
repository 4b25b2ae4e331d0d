"""Someone who did not use a place cannot book, appeals, and can book again when the training team lifts it."""

from __future__ import annotations

import pytest

from tests.journeys.booking import when_they_open_the_booking_page
from tests.journeys.conftest import NewPerson
from tests.journeys.coordinating import given_a_published_event
from tests.journeys.mailbox import link_in, text_of
from tests.journeys.site import Site
from tests.journeys.towns import APPROVES_BY_LINK, Town

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    # Where no journey needs a register, which would restrict more people.
    pytest.mark.parametrize("slug", [APPROVES_BY_LINK.slug], indirect=True),
]


def test_a_restriction_is_explained_appealed_and_lifted(
    town: Town, site: Site, somebody: NewPerson
) -> None:
    event = given_a_published_event(site, town, "RESTRICTED-1", days=45)
    person = somebody("other-practitioner")
    site.manage("waste_a_place", town.slug, town.course, person.email)
    site.sweep(town.slug)
    told = site.mails.latest(person.email, "Your bookings are restricted")
    assert "misses 1 event within 12 months" in text_of(told)

    when_they_open_the_booking_page(person, event)
    person.sees("You cannot book, because of places that were not used")
    person.follow("See why, and how to appeal")
    person.sees("Your bookings are restricted", "Did not attend", "ends by itself")
    assert link_in(told, "/my/restriction/").endswith("/my/restriction/")
    person.press("Send the appeal")
    person.sees("Tell us why the restriction should be lifted")
    person.fill("Why should the restriction be lifted?", "The trains were cancelled.")
    person.press("Send the appeal")
    person.sees("The trains were cancelled.", "The training team has not decided yet")

    coordinator = somebody("coordinator")
    coordinator.open("/")
    coordinator.follow("Restrictions")
    coordinator.sees("Appeal to decide")
    coordinator.follow(str(coordinator.page.locator("main tbody a").first.inner_text()))
    coordinator.sees("The trains were cancelled.")
    coordinator.tick("Lift the restriction")
    coordinator.fill("Reason", "No one could have come.")
    coordinator.press("Save the decision")
    coordinator.sees("Lifted", "No one could have come.")

    site.sweep(town.slug)
    assert "No one could have come." in text_of(
        site.mails.latest(person.email, "You can book training as usual again")
    )
    person.open("/my/restriction/")
    person.sees("Your bookings are not restricted")
    when_they_open_the_booking_page(person, event)
    person.sees("What it costs")
