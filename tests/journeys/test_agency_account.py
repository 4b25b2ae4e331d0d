"""An agency's finance office, by the link in an email: it gives an order number, and disputes a line."""

from __future__ import annotations

import re

import pytest

from tests.journeys.conftest import NewPerson
from tests.journeys.mailbox import link_in, text_of
from tests.journeys.person import Person
from tests.journeys.site import Site
from tests.journeys.towns import Town

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.parametrize("slug", ["southampton"], indirect=True),
    pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"]),
]


def given_the_link(site: Site, town: Town, finance: Person, office: Person) -> None:
    """Finance, on the agency's statement, emails it; the office opens it without signing in."""
    finance.press("Email a new link")
    finance.sees("We will email a link to")
    found = re.search(r"We will email a link to (\S+)\.(?:\s|$)", finance.text)
    assert found
    site.sweep(town.slug)
    office.open(link_in(site.mails.latest(found[1], "Your link"), "/invoices/"))


def test_a_purchase_order_by_link(
    town: Town, site: Site, somebody: NewPerson, javascript: bool
) -> None:
    finance, office = somebody("finance", javascript=javascript), somebody(javascript=javascript)
    number = f"PO-2026/{javascript:d}"
    finance.open("/finance/agencies/itchen-vale/")
    given_the_link(site, town, finance, office)
    office.sees(f"Invoices to {town.employer}")
    office.follow("Purchase orders")
    for answer in ("One event", "The charges of a period"):
        office.tick(answer)
        shown = [office.field(one).is_visible() for one in ("Event", "Day")]
        assert shown == [answer == "One event", answer != "One event"]
    office.look()
    office.fill("Purchase order number", "PO;1")
    office.tick("Everything from now on")
    office.press("Save the number")
    office.sees("not “;”", "Copy it from the order.")
    office.fill("Purchase order number", number)
    office.press("Save the number")
    office.sees("Saved.", number)
    finance.open("/finance/agencies/itchen-vale/")
    finance.sees(number)

    finance.open("/finance/invoices/new/")
    finance.open("/finance/agencies/itchen-vale/")
    finance.press("Stop the links sent so far")
    finance.sees("Links sent so far no longer work.")
    office.open(office.page.url, status=410)
    office.sees("This link no longer works")


def test_a_dispute(town: Town, site: Site, somebody: NewPerson, javascript: bool) -> None:
    finance, office = somebody("finance", javascript=javascript), somebody(javascript=javascript)
    finance.open("/finance/invoices/?state=paid")
    finance.page.locator("main tbody th a").last.click()
    finance.look()
    number = finance.page.url.rstrip("/").rsplit("/", 1)[-1]
    finance.page.locator("main dl a").first.click()
    finance.look()
    given_the_link(site, town, finance, office)
    office.follow(f"Invoice {number}")
    office.follow("Dispute this line")
    office.press("Send the dispute")
    office.sees("There is a problem")
    office.tick("The amount is wrong")
    office.fill("Tell us more", "Half a day was agreed.")
    office.press("Send the dispute")
    office.sees("We have received your dispute.", "The amount is wrong", "To answer")
    page_of_invoice = office.page.url

    finance.open("/finance/disputes/")
    finance.follow(number)
    finance.sees("Half a day was agreed.")
    finance.tick("Credit all or part of it")
    finance.fill("Amount to credit, including VAT", "5")
    finance.fill("Reason", "Agreed by phone.")
    finance.press("Save the answer")
    finance.sees("The agency disputed it", "Issue this credit note by")
    finance.press("Issue the credit note")
    finance.sees("has been issued", "Credit agreed")

    site.sweep(town.slug)
    office.open(page_of_invoice)
    office.sees("Credit agreed", "We agreed to credit £5.00", "Agreed by phone.")
    told = site.mails.latest(office_address(site, number), f"Invoice {number}: we will credit")
    assert "Agreed by phone." in text_of(told)


def office_address(site: Site, number: str) -> str:
    """Where the emails about an invoice go."""
    [one] = {
        str(mail["To"]).rpartition("<")[2].rstrip(">")
        for mail in site.mails.to("example.org")
        if f"Invoice {number}" in str(mail["Subject"])
    }
    return one
