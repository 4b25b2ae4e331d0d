"""A manager agrees to a place, or does not, by the link in an email and without an account."""

from __future__ import annotations

import pytest

from tests.journeys.booking import when_they_book, when_they_open_the_booking_page
from tests.journeys.conftest import NewPerson
from tests.journeys.coordinating import given_a_published_event
from tests.journeys.mailbox import link_in, text_of
from tests.journeys.site import Site
from tests.journeys.towns import APPROVES_BY_LINK, Town

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("slug", [APPROVES_BY_LINK.slug], indirect=True),
]


@pytest.mark.parametrize(
    ("answer", "told", "state", "subject"),
    [
        ("Approve", "You have approved the place", "Booked", "Your place is booked"),
        ("Do not approve", "was not approved", "Not approved", "Your place was not approved"),
    ],
)
@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_a_manager_answers_by_link(
    town: Town,
    site: Site,
    somebody: NewPerson,
    answer: str,
    told: str,
    state: str,
    subject: str,
    javascript: bool,
) -> None:
    reference = f"APPROVE-{answer[0]}{javascript:d}"
    event = given_a_published_event(site, town, reference, days=45)
    person = somebody("practitioner", javascript=javascript)
    when_they_open_the_booking_page(person, event)
    person.sees("manager has to approve this", "We will email", "to ask for approval")
    booking = when_they_book(person, town)
    person.sees("Waiting for approval", "The place is held until", "cancelling costs nothing")

    site.sweep(town.slug)
    manager = somebody(javascript=javascript)
    asked = site.mails.latest(f"manager@{town.slug}.example.org", "approve")
    assert town.course in text_of(asked)
    manager.open(link_in(asked, "/approve/"))
    manager.sees("asks for your approval", "What it costs")
    manager.press(answer)
    manager.sees(told)
    manager.open(link_in(asked, "/approve/"))
    manager.sees("This request is closed")

    person.open(f"/bookings/{booking}/")
    person.sees(state)
    site.sweep(town.slug)
    assert site.mails.latest(person.email, subject)
