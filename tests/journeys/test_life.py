"""One booking's whole life, from the booking to what has become of it months later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.journeys.afterwards import (
    then_the_invoice_can_be_read,
    then_the_old_one_is_withdrawn,
    then_they_have_a_certificate,
    when_finance_approves,
    when_finance_invoices,
    when_the_certificate_is_replaced,
    when_the_charge_is_waived,
    when_the_coordinator_closes,
    when_the_trainer_marks,
    when_they_evaluate,
)
from tests.journeys.booking import when_they_book, when_they_open_the_booking_page
from tests.journeys.conftest import NewPerson
from tests.journeys.coordinating import Planned, when_an_event_is_published
from tests.journeys.person import Person
from tests.journeys.site import Site
from tests.journeys.towns import Town

LONGER_THAN_THE_TIME_TO_IMPACT = 130  # days; three or four months and a week's grace

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _present(site: Site) -> Iterator[None]:
    """Back from the future, whatever happened there."""
    yield
    site.come_back()


def test_a_booking_lives_its_whole_life(town: Town, site: Site, somebody: NewPerson) -> None:
    event = when_an_event_is_published(somebody("coordinator"), town, "JOURNEY-4", days=12)
    present, absent = somebody("agency-lead"), somebody("other-practitioner")
    booked = {person: given_a_booking(person, town, event) for person in (present, absent)}
    names = {person: name_of(person) for person in booked}

    site.put_clock_to(event.over)
    when_the_trainer_marks(somebody("trainer"), event, absent=names[absent])
    when_the_coordinator_closes(somebody("coordinator"), event)

    finance = somebody("finance")
    when_finance_approves(finance, town, booked[absent])
    number = when_finance_invoices(finance, town)
    then_the_invoice_can_be_read(finance, town, number)
    absent.sign_in()
    when_the_charge_is_waived(absent, finance, booked[absent], number)

    site.wait_days(1)
    site.sweep(town.slug)
    when_they_evaluate(present, town, "How was it?", answer=4)
    code = then_they_have_a_certificate(present, somebody(), town, names[present])
    when_the_certificate_is_replaced(somebody("coordinator"), code, "Newly Married")
    site.sweep(town.slug)
    then_the_old_one_is_withdrawn(present, somebody(), code, "Newly Married")
    then_insight_counts_them(somebody("subgroup"), event)

    before = len(site.mails.to(present.email))
    site.put_clock_to(event.over + timedelta(days=LONGER_THAN_THE_TIME_TO_IMPACT))
    site.sweep(town.slug)
    assert len(site.mails.to(present.email)) > before
    site.wait_days(8)
    site.sweep(town.slug)
    assert site.mails.latest(present.email, "Reminder. What has changed since?")
    present.sign_in()
    present.open("/my/")
    present.sees(f"Evaluate: {town.course}", "Your training record", "Your roles and pathways")
    when_they_evaluate(present, town, "Reminder. What has changed since?", answer=5)


def given_a_booking(person: Person, town: Town, event: Planned) -> str:
    """A place at the event."""
    when_they_open_the_booking_page(person, event)
    return when_they_book(person, town)


def name_of(person: Person) -> str:
    """As the site knows them."""
    person.open("/account/")
    name: str = person.page.locator("main dd").first.inner_text()
    return name.splitlines()[0]


def then_insight_counts_them(subgroup: Person, event: Planned) -> None:
    """Who came, how many answered, what changed; for the course and for the event."""
    subgroup.open("/insight/")
    subgroup.sees("Who came", "What changed", "How these figures are worked out")
    subgroup.page.locator("main a[href*='/insight/courses/']").first.click()
    subgroup.look()
    subgroup.open(f"/insight/events/{event.reference}/")
    subgroup.sees(event.title, "Who came", "What changed")
