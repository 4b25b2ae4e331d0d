"""Back, correct the amount, send again: a form that had its effect says so, and nothing typed is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from bookings.access import approval_token
from bookings.models import Booking, ChargingPolicy, WaitingListEntry
from bookings.rules.states import ApprovalMode, BookingState, WaitingState
from courses.models import Event
from finance.models import CreditNote, Invoice, Payment
from finance.terms.debt import standing_invoice
from outbox.models import Message
from tests.finance.money import invoice_for, ready_charges
from tests.finance.test_finance_pages import day_parts
from tests.finance.test_money_held import credited, paid
from tests.world import Browser, World, booking_form, event, fill, page_as


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
    assert "This form has already been sent: " in told
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
    assert "This form has already been sent: £10.00 was entered" in told
    assert standing_invoice(other).paid == 0


def test_writing_off_twice_with_one_form_gives_up_once(
    world: World, invoices: dict[str, Invoice]
) -> None:
    browser = page_as(world.harbour.finance)
    address = reverse("write_off", args=[invoices["owing"].number])
    said = {"reason": "Closed", "entry_key": str(uuid4())}
    for _ in range(2):
        assert browser.post(address, said).status_code == 302
    told = browser.post(address, said | {"reason": "Other"}).content.decode()
    assert "This form has already been sent: £500.00 was entered" in told
    assert made() == [500]


def test_a_line_credited_in_full_keeps_what_is_typed_next(
    world: World, invoices: dict[str, Invoice]
) -> None:
    """The form used to be gone, with an error that pointed at a field that was not there."""
    browser = page_as(world.harbour.finance)
    address, said = form_of("credit_line", invoices)
    browser.post(address, said | {"amount": "500"})
    told = browser.post(address, said | {"amount": "50"}).content.decode()
    assert "This form has already been sent: " in told
    assert 'value="50"' in told


class TestABookingForm:
    """Back, correct, send again: one booking, and nothing that was typed is lost."""

    def send(self, world: World, at: Event, **said: str) -> str:
        browser = page_as(world.harbour.practitioner)
        answer = browser.post(f"/harbour/events/{at.reference}/book/", booking_form(**said))
        return browser.get(answer.headers["Location"]).content.decode()

    def test_sent_twice_is_one_booking_without_a_word(self, world: World) -> None:
        at = event()
        self.send(world, at)
        assert "already been sent" not in self.send(world, at)
        assert Booking.objects.count() == 1

    def test_what_was_corrected_is_kept_and_said(self, world: World) -> None:
        at = event()
        self.send(world, at, access_needs="Hearing loop")
        page = self.send(world, at, access_needs="Hearing loop and large print")
        assert "This form has already been sent for Harbour Primary School." in page
        assert "We have updated the access and dietary needs." in page
        assert Booking.objects.get().access_needs == "Hearing loop and large print"

    def test_so_it_is_on_the_waiting_list(self, world: World) -> None:
        at = event(capacity=1)
        fill(at)
        self.send(world, at, access_needs="Hearing loop")
        assert "We have updated" in self.send(world, at, access_needs="Large print")
        assert WaitingListEntry.objects.get().access_needs == "Large print"

    def test_sent_again_when_the_booking_has_ended_it_says_so_and_books_when_sent_once_more(
        self, world: World
    ) -> None:
        """It used to answer "You have a place" about the booking that had been cancelled."""
        at = event()
        self.send(world, at, access_needs="Hearing loop")
        Booking.objects.update(state=BookingState.CANCELLED)
        self.ends_and_can_be_sent_anew(world, at, "the booking it created has since ended")
        assert Booking.objects.holding_a_place().get().access_needs == "Hearing loop"

    def test_so_it_does_on_the_waiting_list(self, world: World) -> None:
        at = event(capacity=1)
        fill(at)
        self.send(world, at, access_needs="Hearing loop")
        WaitingListEntry.objects.update(state=WaitingState.LEFT)
        told = "the place on the waiting list it created has since ended"
        self.ends_and_can_be_sent_anew(world, at, told)
        assert WaitingListEntry.objects.open().get().access_needs == "Hearing loop"

    def ends_and_can_be_sent_anew(self, world: World, at: Event, told: str) -> None:
        browser = page_as(world.harbour.practitioner)
        address = f"/harbour/events/{at.reference}/book/"
        said = booking_form(access_needs="Hearing loop")
        page = browser.post(address, said)
        assert page.status_code == 409
        assert told in page.content.decode()
        fresh = page.context["ask"]["submission"].value()
        assert browser.post(address, said | {"submission": fresh}).status_code == 302

    def test_a_corrected_managers_address_is_asked_and_the_first_link_opens_nothing(
        self, world: World
    ) -> None:
        at = self.by_link(world)
        self.send(world, at, approver_name="M", approver_email="wrong@school.harbour.example.org")
        first = Booking.objects.get()
        link = reverse("approve", args=[approval_token(first)])
        page = self.send(
            world, at, approver_name="M", approver_email="right@school.harbour.example.org"
        )
        assert "We have updated the manager’s email address." in page
        asked = Message.objects.filter(key__contains=":approve:").values_list("to_email", flat=True)
        assert sorted(asked) == [
            "right@school.harbour.example.org",
            "wrong@school.harbour.example.org",
        ]
        assert "This request is closed" in Browser().get(link).content.decode()

    def test_what_is_decided_already_is_said_to_stay(self, world: World) -> None:
        at = self.by_link(world)
        self.send(world, at, approver_name="M", approver_email="m@school.harbour.example.org")
        Booking.objects.update(waits_for=[], state=BookingState.BOOKED)
        page = self.send(
            world, at, approver_name="M", approver_email="other@school.harbour.example.org"
        )
        assert "It is too late to change the manager’s email address." in page
        assert Booking.objects.get().approver_email == "m@school.harbour.example.org"

    def test_a_form_that_is_wrong_the_second_time_says_that_nothing_changed(
        self, world: World
    ) -> None:
        at = event()
        self.send(world, at)
        page = self.send(world, at, access_needs="x" * 1001)
        assert "Nothing was changed." in page
        assert "1000 characters" in page

    def by_link(self, world: World) -> Event:
        """An event for which a manager agrees by a link, whom no one knows yet."""
        ChargingPolicy.objects.update(approval=ApprovalMode.BY_LINK)
        world.harbour.practitioner.employments.update(line_manager=None)
        return event()

    def test_another_form_changes_nothing(self, world: World) -> None:
        at = event()
        self.send(world, at, access_needs="Hearing loop")
        page = self.send(world, at, access_needs="Large print", submission="two")
        assert "we did not make another one" in page
        assert Booking.objects.get().access_needs == "Hearing loop"
