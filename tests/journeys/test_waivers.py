"""A charge is asked about by the link in an email, with a file; it is refused, appealed against, and waived."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.booking import (
    when_they_book,
    when_they_cancel,
    when_they_open_the_booking_page,
)
from tests.journeys.conftest import NewPerson
from tests.journeys.coordinating import given_a_published_event
from tests.journeys.mailbox import link_in, text_of
from tests.journeys.person import Person
from tests.journeys.site import Site
from tests.journeys.towns import Town

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("slug", ["southampton"], indirect=True),
]
STORY = "I was taken to hospital on the way."
NOTE = {"name": "note.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\nA note.\n"}
PROGRAM = {"name": "note.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00" + bytes(99)}


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_a_request_with_a_file_is_refused_and_granted_on_appeal(
    town: Town, site: Site, somebody: NewPerson, javascript: bool
) -> None:
    reference = f"JOURNEY-WAIVER-{javascript:d}"
    event = given_a_published_event(site, town, reference, days=6)
    delegate = somebody("practitioner", javascript=javascript)
    when_they_open_the_booking_page(delegate, event)
    booking = when_they_book(delegate, town)
    when_they_cancel(delegate, booking)
    delegate.press("Cancel the place")

    site.sweep(town.slug)
    mail = site.mails.latest(delegate.email, "Your place has been cancelled")
    assert "You do not need to sign in" in text_of(mail)
    visitor = somebody(javascript=javascript)
    when_they_ask_with_a_file(visitor, link_in(mail, "/waiver/"), town)

    finance = somebody("finance", javascript=javascript)
    when_it_is_decided(finance, booking, "The charge stands", "The note has no date.")
    site.sweep(town.slug)
    mail = site.mails.latest(delegate.email, f"booking {booking} stands")
    assert "The note has no date." in text_of(mail)
    when_they_appeal(visitor, link_in(mail, "/appeal/"))

    open_the_request(finance, booking)
    finance.sees("This is an appeal against your decision")
    coordinator = somebody("coordinator", javascript=javascript)
    when_it_is_decided(coordinator, booking, "Waive the charge", "The date is on the back.")
    delegate.open(f"/bookings/{booking}/")
    delegate.sees("Waived")


def when_they_ask_with_a_file(visitor: Person, link: str, town: Town) -> None:
    """A program that is called a PDF is refused, and what was typed stays."""
    visitor.open(link)
    visitor.sees(town.late, "You can ask until the end of")
    visitor.tick("Another reason")
    visitor.fill("What happened?", STORY)
    attach(visitor, PROGRAM)
    visitor.press("Send the request")
    visitor.sees("“note.pdf” is not a type of file that we accept.", "Choose your files again.")
    assert visitor.field("What happened?").input_value() == STORY
    attach(visitor, NOTE)
    visitor.press("Send the request")
    visitor.sees("We are looking at it", STORY, "note.pdf")


def attach(visitor: Person, file: Any) -> None:
    visitor.field("Files").set_input_files([file])


def open_the_request(person: Person, booking: str) -> None:
    """The newest one about a booking: open ones come first."""
    person.open("/finance/requests/")
    person.page.locator("main tbody a", has_text=booking).first.click()
    person.look()


def when_it_is_decided(person: Person, booking: str, outcome: str, why: str) -> None:
    """With the policy beside it."""
    open_the_request(person, booking)
    person.sees("What the policy says", "How the charge was worked out")
    person.tick(outcome)
    person.fill("Reason", why)
    person.press("Save the decision")
    person.sees(why)


def when_they_appeal(visitor: Person, link: str) -> None:
    visitor.open(link)
    visitor.sees("Why we refused your request", "The note has no date.")
    visitor.press("Send the appeal")
    visitor.sees("Tell us why you disagree")
    visitor.fill("Why do you disagree?", "It has: look at the back.")
    visitor.press("Send the appeal")
    visitor.sees("Appeal about the late cancellation fee", "We are looking at it")


def test_finance_keeps_the_reasons_and_exempts_an_agency(town: Town, somebody: NewPerson) -> None:
    finance, visitor = somebody("finance"), somebody()
    finance.open("/finance/waiver-reasons/")
    finance.follow("Add a reason")
    finance.fill("Name", "Strike on the railway")
    finance.fill("What do people have to do?", "Send us the announcement.")
    finance.tick("A time before the event starts")
    finance.fill("Number of days", "1")
    finance.page.locator("input[name=by]").fill("17:00")
    finance.press("Save")
    finance.sees("Strike on the railway", "Tell us by 5pm, 1 day before the event.")
    visitor.open("/charges/")
    visitor.sees(
        "Strike on the railway", "Send us the announcement.", "you can appeal within 14 days"
    )

    finance.open("/finance/exemptions/new/")
    finance.choose("Agency", town.other_employer)
    finance.fill("Reason", "The wards are closed.")
    for name, (day, month, year) in {
        "first_day": ("1", "1", "2031"),
        "last_day": ("31", "1", "2031"),
    }.items():
        for part, value in (("day", day), ("month", month), ("year", year)):
            finance.page.locator(f"#id_{name}_{part}").fill(value)
    finance.press("Exempt the agency")
    finance.sees("The wards are closed.", "1 January 2031 to 31 January 2031")
    finance.page.locator("main tbody tr", has_text="The wards are closed.").get_by_role(
        "button"
    ).click()
    finance.look()
    finance.sees("has ended for new bookings")
    finance.open("/finance/waivers/")
    finance.sees("By agency and reason")
