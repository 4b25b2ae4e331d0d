"""A credit on a paid invoice: whose money it is, where that is said, how it is paid back or used."""

from __future__ import annotations

import csv
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.rules.prices import ChargeKind
from bookings.rules.states import BookingState
from courses.models import Event
from courses.rules.states import EventState
from finance.models import Invoice, Payment, Reversal
from finance.operations.issue_credit_note import issue_credit_note
from finance.operations.record_payment import record_payment
from finance.operations.refund import refund
from finance.operations.reverse_payment import reverse_payment
from finance.operations.set_against import set_against
from finance.operations.write_off import write_off
from finance.reports.debt import status_on
from finance.rules.debt import InvoiceStatus
from finance.rules.states import ChargeState
from finance.terms.debt import standing_invoice
from outbox.models import Message, MessageState
from partnerships.rules.refused import Refused
from tests.finance.money import invoice_for, ready_charges
from tests.finance.test_finance_pages import day_parts
from tests.finance.test_invoice_issue import text_of
from tests.world import World, booking, charge, page_as

NOW = timezone.now


def entered(world: World, **said: Any) -> dict[str, Any]:
    """What every entry takes."""
    return {"by": world.harbour.finance, "at": NOW()} | said


def credited(world: World, invoice: Invoice, amount: str) -> None:
    issue_credit_note(
        line=invoice.lines.first(),
        amount=Decimal(amount),
        reason="Agreed",
        agreed_on=timezone.localdate(),
        **entered(world),
    )


def paid(world: World, invoice: Invoice, amount: str, **said: Any) -> Payment:
    return record_payment(
        invoice=invoice,
        amount=Decimal(amount),
        received_on=timezone.localdate(),
        reference="BACS",
        **entered(world, **said),
    )


def paid_back(world: World, invoice: Invoice, amount: str, **said: Any) -> Payment:
    return refund(
        invoice=invoice,
        amount=Decimal(amount),
        received_on=timezone.localdate(),
        reference="BACS out",
        **entered(world, **said),
    )


def stands(invoice: Invoice) -> tuple[InvoiceStatus, Decimal, Decimal]:
    """State, pounds owed, pounds held."""
    now = standing_invoice(invoice)
    return status_on(now, timezone.localdate()), now.owed, now.held


@pytest.fixture
def held(world: World) -> Invoice:
    """£60 invoiced, paid, then credited."""
    made = invoice_for(world, ready_charges(world.harbour.school, amount="60.00"))
    paid(world, made, "60")
    credited(world, made, "60")
    return made


@pytest.fixture
def open_invoice(world: World) -> Invoice:
    """£320 that the same agency owes, a month overdue."""
    return invoice_for(
        world,
        ready_charges(world.harbour.school, amount="320.00"),
        at=NOW() - timedelta(days=61),
    )


def test_a_credit_on_a_paid_invoice_is_money_held_not_a_debt_below_zero(
    world: World, held: Invoice
) -> None:
    assert stands(held) == (InvoiceStatus.HELD, 0, 60)
    page = page_as(world.harbour.finance).get(held.get_absolute_url()).content.decode()
    assert "Nothing is owed. £60.00 is held for Harbour Primary School" in page
    assert "-£60.00 of" not in page


def test_every_page_and_file_tells_the_same_of_it(
    world: World, held: Invoice, open_invoice: Invoice
) -> None:
    """An aged debt of £320 where the accounts said £260, and a statement that asked for -£60.00."""
    finance, school = page_as(world.harbour.finance), world.harbour.school
    told = {
        "statement": finance.get(reverse("statement", args=[school.reference])).content.decode(),
        "list": finance.get(reverse("invoices") + "?state=held").content.decode(),
        "debts": finance.get(reverse("debts")).content.decode(),
        "start": finance.get(reverse("finance")).content.decode(),
        "agency": page_as(world.harbour.agency_lead).get(reverse("agency_money")).content.decode(),
        "pdf": text_of(finance.get(reverse("statement_pdf", args=[school.reference])).content),
    }
    for page in told.values():
        assert "£60.00" in page
        assert "-£60.00" not in page
    assert "£260.00 is left to pay" in told["statement"]
    assert "We hold £60.00 for you" in told["pdf"]
    assert "please pay £260.00" in told["pdf"]
    assert held.number in told["list"]
    assert open_invoice.number not in told["list"]
    assert "£260.00" in told["debts"]
    assert "with money held for the agency" in told["start"]
    assert "We hold <strong>£60.00</strong> for you" in told["agency"]
    rows = csv.DictReader(
        StringIO(finance.get(reverse("invoices_csv")).content.decode("utf-8-sig"))
    )
    assert {row["number"]: (row["owed"], row["held"]) for row in rows} == {
        held.number: ("0.00", "60.00"),
        open_invoice.number: ("320.00", "0.00"),
    }


def test_it_waits_on_the_attention_list(world: World, held: Invoice) -> None:
    page = page_as(world.harbour.administrator).get(reverse("manage")).content.decode()
    assert "1 invoice with money held for the agency" in page


def test_it_is_paid_back(world: World, held: Invoice) -> None:
    browser = page_as(world.harbour.finance)
    address = reverse("refund", args=[held.number])
    assert "£60.00 is held for Harbour Primary School" in browser.get(address).content.decode()
    said = {"amount": "60", "reference": "B77", "entry_key": uuid4(), **day_parts("received_on")}
    page = browser.post(address, said, follow=True).content.decode()
    assert "B77" in page
    assert "-£60.00" in page  # in the list of entries: what the refund took
    assert stands(held) == (InvoiceStatus.CREDITED, 0, 0)


def test_it_is_set_against_another_invoice(
    world: World, held: Invoice, open_invoice: Invoice
) -> None:
    browser = page_as(world.harbour.finance)
    assert "£60.00 is held for this agency" in (
        browser.get(open_invoice.get_absolute_url()).content.decode()
    )
    address = reverse("set_against", args=[held.number])
    assert open_invoice.number in browser.get(address).content.decode()
    said = {"invoice": open_invoice.number, "amount": "60", "entry_key": uuid4()}
    for _ in range(2):
        page = browser.post(address, said, follow=True).content.decode()
        assert "Money held on" in page
        assert held.number in page
    assert stands(held) == (InvoiceStatus.CREDITED, 0, 0)
    assert stands(open_invoice) == (InvoiceStatus.OVERDUE, 260, 0)
    assert open_invoice.number in browser.get(held.get_absolute_url()).content.decode()


def test_the_last_of_it_stops_the_reminders(
    world: World, held: Invoice, open_invoice: Invoice
) -> None:
    credited(world, open_invoice, "260")
    message = Message.objects.create(
        key=f"invoice-reminder:{open_invoice.number}:1",
        why="Overdue",
        about=open_invoice.number,
        to_email="a@example.org",
        subject="Reminder",
        text="Reminder",
        due_at=NOW(),
    )
    set_against(held_on=held, invoice=open_invoice, amount=Decimal(60), **entered(world))
    message.refresh_from_db()
    assert message.state == MessageState.CANCELLED
    assert stands(open_invoice)[0] is InvoiceStatus.PAID


@pytest.mark.parametrize("amount", ["60.01", "0", "-1"])
def test_no_more_than_is_held_is_paid_back(world: World, held: Invoice, amount: str) -> None:
    with pytest.raises(Refused, match=r"Only £60.00 is held on"):
        paid_back(world, held, amount)


def test_no_more_than_is_held_or_owed_is_set_against(
    world: World, held: Invoice, open_invoice: Invoice
) -> None:
    with pytest.raises(Refused, match=r"Only £60.00 is held"):
        set_against(held_on=held, invoice=open_invoice, amount=Decimal(61), **entered(world))
    credited(world, open_invoice, "300")
    with pytest.raises(Refused, match=r"Only £20.00 is still owed"):
        set_against(held_on=held, invoice=open_invoice, amount=Decimal(60), **entered(world))


def test_nobodys_money_pays_another_agencys_debt(world: World, held: Invoice) -> None:
    stranger = invoice_for(world, ready_charges(world.harbour.other_agency))
    with pytest.raises(Refused, match="not an invoice to the same agency"):
        set_against(held_on=held, invoice=stranger, amount=Decimal(50), **entered(world))
    said = {"invoice": stranger.number, "amount": "50", "entry_key": uuid4()}
    page = page_as(world.harbour.finance).post(reverse("set_against", args=[held.number]), said)
    assert "Select" in page.content.decode()
    assert not Payment.objects.filter(kind=Payment.Kind.SET_AGAINST).exists()


def test_money_does_not_move_before_it_does(world: World, held: Invoice) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    for act in (record_payment, refund):
        with pytest.raises(Refused, match="today or in the past"):
            act(
                invoice=held,
                amount=Decimal(1),
                received_on=tomorrow,
                reference="B",
                **entered(world),
            )


def test_the_agency_is_told_with_the_credit_note_that_its_money_is_held(world: World) -> None:
    school = world.harbour.school
    school.finance_email = "accounts@school.example.org"
    school.save()
    made = invoice_for(world, ready_charges(school, amount="60.00"))
    paid(world, made, "60")
    credited(world, made, "25")
    mail = Message.objects.get(key__startswith="credit-note:")
    assert "We hold £25.00 for you" in mail.text
    assert "We hold" in mail.html


def test_a_wrong_payment_is_reversed_with_a_reason(world: World) -> None:
    made = invoice_for(world, ready_charges(world.harbour.school))
    payment = paid(world, made, "50")
    assert stands(made)[0] is InvoiceStatus.PAID
    browser = page_as(world.harbour.finance)
    address = reverse("reverse_payment", args=[made.number, payment.pk])
    assert "Reverse the entry of £50.00?" in browser.get(address).content.decode()
    assert "Enter the reason" in browser.post(address, {"reason": ""}).content.decode()
    page = browser.post(address, {"reason": "Paid by another school"}, follow=True)
    told = page.content.decode()
    assert "Reversed" in told
    assert f"{world.harbour.finance}: Paid by another school" in told
    assert stands(made) == (InvoiceStatus.OPEN, 50, 0)
    paid(world, made, "50")


def test_an_entry_is_reversed_once(world: World) -> None:
    payment = paid(world, invoice_for(world, ready_charges(world.harbour.school)), "50")
    first = reverse_payment(payment=payment, reason="Twice", **entered(world))
    again = reverse_payment(payment=payment, reason="Twice", **entered(world))
    assert again == first
    with pytest.raises(Refused, match=r"already reversed on .* by Finn Harbour: Twice"):
        reverse_payment(payment=payment, reason="Another", **entered(world))
    assert Reversal.objects.count() == 1


@pytest.mark.parametrize("kind", Payment.Kind.values)
def test_every_kind_of_entry_can_be_reversed(
    world: World, held: Invoice, open_invoice: Invoice, kind: str
) -> None:
    before = stands(held), stands(open_invoice)
    made = {
        "payment": lambda: paid(world, open_invoice, "20"),
        "write_off": lambda: write_off(invoice=open_invoice, reason="Gone", **entered(world)),
        "refund": lambda: paid_back(world, held, "30"),
        "set_against": lambda: set_against(
            held_on=held, invoice=open_invoice, amount=Decimal(40), **entered(world)
        ),
    }[kind]()
    assert (stands(held), stands(open_invoice)) != before
    reverse_payment(payment=made, reason="Wrong", **entered(world))
    assert (stands(held), stands(open_invoice)) == before


def test_a_payment_that_bounced_after_its_money_was_paid_back_is_owed_again(
    world: World, held: Invoice
) -> None:
    paid_back(world, held, "60")
    reverse_payment(payment=Payment.objects.get(kind="payment"), reason="Bounced", **entered(world))
    assert stands(held) == (InvoiceStatus.OPEN, 60, 0)


@pytest.mark.parametrize("page", ["refund", "set_against", "reverse_payment", "billing_details"])
def test_only_finance_moves_money(world: World, held: Invoice, page: str) -> None:
    arguments = {
        "reverse_payment": [held.number, Payment.objects.get().pk],
        "billing_details": [world.harbour.school.reference],
    }.get(page, [held.number])
    address = reverse(page, args=arguments)
    assert page_as(world.harbour.finance).get(address).status_code == 200
    for part in ("agency_lead", "coordinator", "practitioner", "trainer", "subgroup"):
        assert page_as(world.harbour.cast[part]).post(address).status_code == 403
    assert page_as(world.moorland.finance).get(address).status_code == 404


def test_what_the_policy_promised_back_is_on_finances_list_until_it_is_credited(
    world: World,
) -> None:
    """The partnership cancels an event, its policy lets late cancellers off, and the fee is invoiced already (W32)."""
    world.harbour.policy.keep_late_charge = False
    world.harbour.policy.save()
    [stays_charged] = ready_charges(world.harbour.school)
    late = booking(
        person=world.harbour.colleague,
        event=stays_charged.booking.event,
        state=BookingState.LATE_CANCELLED,
    )
    fee = charge(
        booking=late, kind=ChargeKind.LATE_CANCELLATION, state=ChargeState.APPROVED, amount="40.00"
    )
    made = invoice_for(world, [fee])
    invoice_for(world, [stays_charged])
    cancelled_at = NOW()
    Event.objects.filter(pk=late.event_id).update(
        state=EventState.CANCELLED, cancelled_at=cancelled_at, cancelled_reason="Snow"
    )
    finance = page_as(world.harbour.finance)
    [due] = finance.get(reverse("finance")).context["credits"]
    agreed = timezone.localdate(cancelled_at)
    assert (due.line.invoice, due.left, due.agreed_on) == (made, Decimal(40), agreed)
    assert due.issue_by == agreed + timedelta(days=13)
    manage = page_as(world.harbour.administrator).get(reverse("manage")).content.decode()
    assert "1 invoiced charge to credit" in manage
    assert "Issue this credit note by" in (
        finance.get(reverse("credit_line", args=[made.number, 1])).content.decode()
    )
    credited(world, made, "40")
    assert finance.get(reverse("finance")).context["credits"] == []


def test_a_credit_note_is_asked_for_in_time_and_a_late_one_says_so(world: World) -> None:
    """Regulation 15C: fourteen days, beginning with the day on which the reduction was agreed."""
    a_month_ago = NOW() - timedelta(days=31)
    made = invoice_for(world, ready_charges(world.harbour.school), at=a_month_ago)
    browser = page_as(world.harbour.finance)
    address = reverse("credit_line", args=[made.number, 1])
    last = timezone.localdate() + timedelta(days=13)
    assert f"by {last.day} {last:%B %Y}" in browser.get(address).content.decode()

    def answer(days_ago: int) -> str:
        agreed = timezone.localdate() - timedelta(days=days_ago)
        parts = {"day": agreed.day, "month": agreed.month, "year": agreed.year}
        said = {f"agreed_on_{part}": value for part, value in parts.items()}
        said |= {"amount": "5", "reason": "Agreed", "entry_key": uuid4()}
        return browser.post(address, said, follow=True).content.decode()

    assert "must have been agreed between the day of the invoice" in answer(-1)
    assert "must have been agreed between the day of the invoice" in answer(32)
    assert "is late" not in answer(13)
    assert "regulation 15C" in answer(14)
