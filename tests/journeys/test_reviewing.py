"""Finance reviews a month and takes an approval back; a place costs more, or less with a grant."""

from __future__ import annotations

import re

import pytest

from tests.journeys.booking import when_they_book
from tests.journeys.conftest import NewPerson
from tests.journeys.coordinating import given_a_published_event
from tests.journeys.person import Person
from tests.journeys.site import Site
from tests.journeys.towns import Town

GROUP_BUTTON = re.compile(r"^Approve \d+ charges?, £")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("slug", ["nottinghamshire"], indirect=True),
]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_month_is_reviewed_approved_and_taken_back(somebody: NewPerson, javascript: bool) -> None:
    finance = somebody("finance", javascript=javascript)
    finance.open("/finance/")
    finance.follow("Charges to review or decide")
    finance.sees("Look at these first", "To review", "Needs a decision")
    when_a_group_is_approved(finance)
    finance.press("Undo the approval")
    finance.sees("returned to review")
    finance.page.locator("main input[name=charge]").first.check()
    finance.press("Approve the selected charges")
    finance.sees("You have just approved 1 charge")
    finance.open("/finance/charges/?state=approved&group=event")
    finance.page.locator("main input[name=charge]").first.check()
    finance.press("Return the selected charges to review")
    finance.sees("1 charge", "returned to review")


def when_a_group_is_approved(finance: Person) -> None:
    """The button says how many charges and how much; so does the page that follows."""
    button = finance.page.get_by_role("button", name=GROUP_BUTTON).first
    words = button.inner_text().split(" for ")[0].removeprefix("Approve ")
    button.click()
    finance.look()
    finance.sees(f"You have just approved {words.strip()}.")


def test_an_interpreter_is_recorded_and_withdrawn_and_a_wrong_code_is_refused(
    site: Site, town: Town, somebody: NewPerson
) -> None:
    event = given_a_published_event(site, town, "JOURNEY-EXTRA", days=63)
    person = somebody("practitioner")
    person.open(f"{event.address}book/")
    person.fill("Code of a grant", "wrong-1")
    person.tick("I accept the charging policy")
    person.press("Book the place")
    person.sees("We do not know the code “wrong-1”. Check it, or leave the box empty")
    person.open(f"{event.address}book/")
    reference = when_they_book(person, town)
    coordinator = somebody("coordinator")
    coordinator.open(f"/bookings/{reference}/")
    coordinator.follow("Record extra costs, such as an interpreter")
    coordinator.press("Record the cost")
    coordinator.sees("Enter")
    coordinator.fill("What is it for?", "British Sign Language interpreter")
    coordinator.fill("Amount", "140")
    coordinator.fill("Who at the agency agreed to it?", "The head teacher")
    coordinator.press("Record the cost")
    coordinator.sees("£140.00, British Sign Language interpreter", "The head teacher agreed to it.")
    person.open(f"/bookings/{reference}/")
    person.sees("British Sign Language interpreter, £140.00.")
    coordinator.page.get_by_role("button", name=re.compile("Withdraw")).click()
    coordinator.look()
    coordinator.sees("The extra cost has been withdrawn.", "Withdrawn")
    coordinator.open("/manage/records/bookings/grant/")
    coordinator.sees("Small charities fund")
