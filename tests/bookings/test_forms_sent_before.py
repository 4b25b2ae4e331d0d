"""Back, correct the amount, send again: a form that had its effect says so, and nothing typed is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from bookings.models import Booking, CreditNote, Invoice, Payment, WaitingListEntry
from bookings.reports.debt import standing_of
from courses.models import Event
from tests.bookings.money import invoice_for, ready_charges
from tests.bookings.test_finance_pages import day_parts
from tests.bookings.test_money_held import credited, paid
from tests.world import World, booking_form, event, fill, page_as


@pytest.fixture
def invoices(world: World) -> dict[str, Invoice]:
    """One that owes £500, and one of the same agency on which £200 is held."""
    owing = invoice_for(world, ready_charges(world.harbour.school, amount="500.00"))
    held = invoice_for(world, ready_charges(world.harbour.school, amount="200.00"))
    paid(world, held, "200")
    credited(world, held, "200")
    return {"owing": owing, "held": held}


def form_of(page: str, invoices: dict[str, Invoice]) -> tuple[str, dict[str, Any]]:
    """Where a form is sent, and what it says the first time: £10."""
    owing, held = invoices["owing"], invoices["held"]
    said: dict[str, Any] = {"amount": "10", "entry_key": str(uuid4())}
    if page == "record_payment":
        said |= {"reference": "B1"} | day_parts("received_on")
        return reverse(page, args=[owing.number]), said
    if page == "refund":
        said |= {"reference": "B1"} | day_parts("received_on")
        return reverse(page, args=[held.number]), said
    if page == "set_against":
        return reverse(page, args=[held.number]), said | {"invoice": owing.number}
    said |= {"reason": "Agreed"} | day_parts("agreed_on")
    return reverse("credit_line", args=[owing.number, 1]), said


def made() -> list[Decimal]:
    """Every amount entered or credited after the fixture's own."""
    notes = CreditNote.objects.order_by("pk").values_list("gross", flat=True)
    entries = Payment.objects.order_by("pk").values_list("amount", flat=True)
    return [*notes[1:], *entries[1:]]


PAGES = ["record_payment", "refund", "set_against", "credit_line"]


@pytest.mark.parametrize("page", PAGES)
def test_the_same_form_sent_twice_has_one_effect(
    world: World, invoices: dict[str, Invoice], page: str
) -> None:
    browser = page_as(world.harbour.finance)
    address, said = form_of(page, invoices)
    for _ in range(2):
        assert browser.post(address, said).status_code == 302
    assert made() == [10]


@pytest.mark.parametrize("page", PAGES)
def test_the_same_form_with_another_amount_says_what_it_did_the_first_time(
    world: World, invoices: dict[str, Invoice], page: str
) -> None:
    """It used to answer "The payment is entered", and £90 was missing from the books."""
    browser = page_as(world.harbour.finance)
    address, said = form_of(page, invoices)
    browser.post(address, said)
    answer = browser.post(address, said | {"amount": "100"})
    told = answer.content.decode()
    assert answer.status_code == 200
    assert "This form was already sent: " in told
    assert "£10.00 was" in told
    assert 'value="100"' in told  # nothing of what was typed is lost
    assert made() == [10]


@pytest.mark.parametrize("page", PAGES)
def test_sent_once_more_as_the_page_then_says_it_is_entered_as_well(
    world: World, invoices: dict[str, Invoice], page: str
) -> None:
    browser = page_as(world.harbour.finance)
    address, said = form_of(page, invoices)
    browser.post(address, said)
    again = browser.post(address, said | {"amount": "100"})
    fresh = again.context["form"]["entry_key"].value()
    assert fresh != said["entry_key"]
    for _ in range(2):
        browser.post(address, said | {"amount": "100", "entry_key": fresh})
    assert made() == [10, 100]


def test_a_form_that_was_meant_for_another_invoice_is_not_taken_for_this_one(
    world: World, invoices: dict[str, Invoice]
) -> None:
    browser = page_as(world.harbour.finance)
    address, said = form_of("record_payment", invoices)
    browser.post(address, said)
    other = invoice_for(world, ready_charges(world.harbour.school))
    told = browser.post(reverse("record_payment", args=[other.number]), said).content.decode()
    assert "This form was already sent: £10.00 was entered" in told
    assert standing_of(other).paid == 0


def test_writing_off_twice_with_one_form_gives_up_once(
    world: World, invoices: dict[str, Invoice]
) -> None:
    browser = page_as(world.harbour.finance)
    address = reverse("write_off", args=[invoices["owing"].number])
    said = {"reason": "Closed", "entry_key": str(uuid4())}
    for _ in range(2):
        assert browser.post(address, said).status_code == 302
    told = browser.post(address, said | {"reason": "Other"}).content.decode()
    assert "This form was already sent: £500.00 was entered" in told
    assert made() == [500]


class TestABookingForm:
    """Back, correct, send again: one booking, and nothing that was typed is lost."""

    def send(self, world: World, at: Event, **said: str) -> str:
        browser = page_as(world.harbour.practitioner)
        answer = browser.post(f"/harbour/events/{at.reference}/book/", booking_form(**said))
        return browser.get(answer.headers["Location"]).content.decode()

    def test_sent_twice_is_one_booking_without_a_word(self, world: World) -> None:
        at = event()
        self.send(world, at)
        assert "already sent" not in self.send(world, at)
        assert Booking.objects.count() == 1

    def test_what_was_corrected_is_kept_and_said(self, world: World) -> None:
        at = event()
        self.send(world, at, access_needs="Hearing loop")
        page = self.send(world, at, access_needs="Hearing loop and large print")
        assert "This form was already sent for Harbour Primary School." in page
        assert "access and dietary needs were updated" in page
        assert Booking.objects.get().access_needs == "Hearing loop and large print"

    def test_so_it_is_on_the_waiting_list(self, world: World) -> None:
        at = event(capacity=1)
        fill(at)
        self.send(world, at, access_needs="Hearing loop")
        assert "were updated" in self.send(world, at, access_needs="Large print")
        assert WaitingListEntry.objects.get().access_needs == "Large print"

    def test_another_form_changes_nothing(self, world: World) -> None:
        at = event()
        self.send(world, at, access_needs="Hearing loop")
        page = self.send(world, at, access_needs="Large print", submission="two")
        assert "nothing was booked twice" in page
        assert Booking.objects.get().access_needs == "Hearing loop"
