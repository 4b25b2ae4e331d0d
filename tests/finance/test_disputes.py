"""A line of an invoice is disputed and answered: reminders stop, finance sees it, the agency is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse
from django.utils import timezone

from finance.models import CreditNote, Dispute, Invoice
from finance.operations.answer_dispute import answer_dispute
from finance.operations.issue_credit_note import issue_credit_note
from finance.operations.raise_dispute import raise_dispute
from finance.operations.remind_next_debtor import remind_next_debtor
from finance.reports.attention import attention
from finance.reports.credits import credits_due
from finance.rules.disputes import DisputeState, Objection
from outbox.models import Message, MessageState
from partnerships.rules.refused import Refused
from tests.competencies.asking import queries_of
from tests.finance.account import OFFICE, by_link, finance_contact, office_of, signed_in_at
from tests.finance.money import invoice_for, ready_charges
from tests.world import Browser, World, booking, charge, event, in_days, page_as, person

pytestmark = pytest.mark.django_db

NOW = timezone.now
LONDON = ZoneInfo("Europe/London")
ISSUED = datetime(2025, 11, 28, 12, tzinfo=LONDON)  # due on Sunday 28 December
AMOUNT = Objection.AMOUNT


@pytest.fixture
def invoice(world: World) -> Invoice:
    """To the school, of £100 in two lines."""
    office_of(world)
    return invoice_for(world, ready_charges(world.harbour.school, 2))


def raised(world: World, invoice: Invoice, position: int = 1, **said: object) -> Dispute:
    defaults = {"objection": AMOUNT, "text": "It was half a day", "at": NOW()}
    line = invoice.lines.get(position=position)
    return raise_dispute(line=line, by=office_of(world), **defaults | said)  # type: ignore[arg-type]


def answered(world: World, dispute: Dispute, credit: str, **said: object) -> Dispute:
    defaults = {"answer": "Checked", "by": world.harbour.finance, "at": NOW()}
    return answer_dispute(dispute=dispute, credit=Decimal(credit), **defaults | said)  # type: ignore[arg-type]


def texts(world: World) -> list[str]:
    return [item.text for item in attention(NOW(), world.harbour.finance)]


def test_a_dispute_is_raised_by_link_and_shown_to_finance(world: World, invoice: Invoice) -> None:
    address = by_link(world, "contact_dispute", invoice.number, 2)
    page = Browser().post(address, {"objection": "attended", "text": "She was there"}, follow=True)
    assert "We have received your dispute." in page.content.decode()
    assert "To answer" in page.content.decode()
    dispute = Dispute.objects.get()
    assert (dispute.raised_email, dispute.raised_by, dispute.line.position) == (OFFICE, None, 2)
    assert "1 dispute about an invoice to answer" in texts(world)
    finance = page_as(world.harbour.finance)
    for name, args in (("invoice", [invoice.number]), ("disputes", []), ("finance", [])):
        shown = finance.get(reverse(name, args=args)).content.decode()
        assert "ispute" in shown
        assert "o answer" in shown
    assert "She was there" in finance.get(dispute.get_absolute_url()).content.decode()


def test_someone_signed_in_is_named(world: World, invoice: Invoice) -> None:
    address = signed_in_at(world, "contact_dispute", invoice.number, 1)
    finance_contact(world).post(address, {"objection": "paid", "text": ""})
    dispute = Dispute.objects.get()
    assert dispute.raised_by is not None
    assert dispute.raised_email == dispute.raised_by.user.email


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"text": ""}, "Select an answer"),
        ({"objection": "nonsense"}, "Select"),
        ({"objection": "other", "text": ""}, "Tell us what is wrong"),
        ({"objection": "amount", "text": "x" * 1001}, "1000 characters"),
    ],
)
def test_what_is_missing_is_asked_for(
    world: World, invoice: Invoice, said: dict[str, str], told: str
) -> None:
    page = Browser().post(by_link(world, "contact_dispute", invoice.number, 1), said)
    assert told in page.content.decode()
    assert not Dispute.objects.exists()


def test_sent_twice_it_is_one_dispute_and_another_waits_for_the_answer(
    world: World, invoice: Invoice
) -> None:
    assert raised(world, invoice) == raised(world, invoice)
    with pytest.raises(Refused, match="already an open dispute"):
        raised(world, invoice, text="It was an hour")
    raised(world, invoice, position=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.create(
            line=invoice.lines.get(position=1),
            objection=AMOUNT,
            raised_email=OFFICE,
            raised_at=NOW(),
        )


def test_what_was_credited_in_full_cannot_be_disputed(world: World, invoice: Invoice) -> None:
    credit(world, invoice, "50")
    with pytest.raises(Refused, match="credited in full"):
        raised(world, invoice)


def credit(world: World, invoice: Invoice, amount: str, **said: object) -> CreditNote:
    defaults = {"agreed_on": timezone.localdate(), "at": NOW(), "by": world.harbour.finance}
    return issue_credit_note(
        line=invoice.lines.get(position=1),
        amount=Decimal(amount),
        reason="Agreed",
        **defaults | said,  # type: ignore[arg-type]
    )


def reminders(world: World, day: date) -> int:
    """How many go out on a day, at noon."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)
    return sum(1 for _ in iter(lambda: remind_next_debtor(now=at), 0))


def test_no_one_is_reminded_while_a_line_is_disputed(world: World) -> None:
    office_of(world)
    invoice = invoice_for(world, ready_charges(world.harbour.school, 2), at=ISSUED)
    dispute = raised(world, invoice, at=ISSUED + timedelta(days=3))
    assert reminders(world, date(2026, 2, 2)) == 0
    monday = datetime(2026, 2, 2, 15, tzinfo=LONDON)
    answered(world, dispute, "0", at=monday)
    assert reminders(world, date(2026, 2, 2)) == 0, "a working day to read the answer"
    assert reminders(world, date(2026, 2, 3)) == 1
    assert reminders(world, date(2026, 2, 16)) == 0
    assert reminders(world, date(2026, 2, 17)) == 1, "two weeks later, the second"


def test_a_reminder_that_was_not_sent_yet_is_withdrawn(world: World) -> None:
    office_of(world)
    invoice = invoice_for(world, ready_charges(world.harbour.school), at=ISSUED)
    assert reminders(world, date(2025, 12, 29)) == 1
    raised(world, invoice, at=ISSUED + timedelta(days=31))
    reminder = Message.objects.get(key__startswith="invoice-reminder:")
    assert reminder.state == MessageState.CANCELLED


def test_a_charge_that_stands_is_told_with_the_reason(world: World, invoice: Invoice) -> None:
    dispute = raised(world, invoice)
    page = page_as(world.harbour.finance)
    said = {"outcome": "stands", "amount": "12", "answer": "The register shows it."}
    page.post(dispute.get_absolute_url(), said)
    dispute.refresh_from_db()
    assert (dispute.state, dispute.agreed) == (DisputeState.STANDS, Decimal(0))
    message = Message.objects.get(key=f"dispute:{dispute.pk}")
    assert message.to_email == OFFICE
    assert "the charge stands" in message.text
    assert "The register shows it." in message.text
    assert "/invoices/" in message.text
    shown = Browser().get(by_link(world, "contact_invoice", invoice.number)).content.decode()
    assert "Our answer: The register shows it." in shown
    assert not credits_due()


def test_a_member_is_answered_at_their_own_address_and_without_the_offices_link(
    world: World, invoice: Invoice
) -> None:
    address = signed_in_at(world, "contact_dispute", invoice.number, 1)
    finance_contact(world).post(address, {"objection": "paid", "text": ""})
    dispute = answered(world, Dispute.objects.get(), "0")
    message = Message.objects.get(key=f"dispute:{dispute.pk}")
    assert message.to_email == dispute.raised_email != OFFICE
    assert "/invoices/" not in message.text


def test_an_agreed_credit_leads_to_its_note_and_is_watched_until_then(
    world: World, invoice: Invoice
) -> None:
    dispute, finance = raised(world, invoice), page_as(world.harbour.finance)
    said = {"outcome": "credit", "amount": "20", "answer": "Half a day"}
    form = finance.post(dispute.get_absolute_url(), said, follow=True)
    shown = form.content.decode()
    assert 'value="20.00"' in shown
    assert "The agency disputed it" in shown
    [due] = credits_due()
    assert (due.left, due.line.position) == (Decimal(20), 1)
    last = timezone.localdate() + timedelta(days=13)
    assert f"1 invoiced charge to credit, the first by {last:%-d %B %Y}" in texts(world)
    listed = finance.get(reverse("finance")).content.decode()
    assert "a credit was agreed on" in listed
    credit(world, invoice, "5")
    assert credits_due()[0].left == Decimal(15)
    with pytest.raises(Refused, match="We have agreed to credit this line"):
        raised(world, invoice, text="And the rest")
    account = by_link(world, "contact_invoice", invoice.number)
    assert Browser().get(account).content.decode().count("Dispute this line") == 1
    credit(world, invoice, "15")
    assert credits_due() == []
    assert Browser().get(account).content.decode().count("Dispute this line") == 2
    raised(world, invoice, text="And the rest")
    assert not [text for text in texts(world) if "to credit" in text]


def test_the_reason_is_on_the_credit_note_and_in_the_email(world: World, invoice: Invoice) -> None:
    dispute = answered(world, raised(world, invoice), "20", answer="It was half a day.")
    page = page_as(world.harbour.finance)
    address = reverse("credit_line", args=[invoice.number, 1])
    form = page.get(address).context["form"]
    assert form.initial["reason"] == "It was half a day."
    assert "It was half a day." in Message.objects.get(key=f"dispute:{dispute.pk}").text


def test_the_last_day_counts_from_the_decision(world: World, invoice: Invoice) -> None:
    decided = datetime(2026, 3, 3, 23, 30, tzinfo=LONDON)
    answered(world, raised(world, invoice, at=decided), "20", at=decided)
    [due] = credits_due()
    assert (due.agreed_on, due.issue_by) == (date(2026, 3, 3), date(2026, 3, 16))


def test_what_was_credited_before_the_answer_does_not_count(world: World, invoice: Invoice) -> None:
    dispute = raised(world, invoice)
    credit(world, invoice, "40", at=NOW() - timedelta(hours=1))
    answered(world, dispute, "10")
    assert credits_due()[0].left == Decimal(10)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"outcome": "credit", "amount": "", "answer": "Yes"}, "Enter the amount to credit"),
        ({"outcome": "credit", "amount": "50.01", "answer": "Yes"}, "£50.00 of this line"),
        ({"outcome": "credit", "amount": "-1", "answer": "Yes"}, "Amount to credit"),
        ({"outcome": "stands", "answer": ""}, "Enter the reason"),
        ({"answer": "Yes"}, "Select"),
    ],
)
def test_an_answer_is_checked(
    world: World, invoice: Invoice, said: dict[str, str], told: str
) -> None:
    dispute = raised(world, invoice)
    page = page_as(world.harbour.finance).post(dispute.get_absolute_url(), said)
    assert told in page.content.decode()
    dispute.refresh_from_db()
    assert dispute.state == DisputeState.OPEN


def test_an_amount_is_only_asked_for_once_a_credit_is_chosen(
    world: World, invoice: Invoice
) -> None:
    address = raised(world, invoice).get_absolute_url()
    page = page_as(world.harbour.finance).post(address, {"answer": "Yes"}).content.decode()
    assert "Enter the amount to credit" not in page


def test_it_is_answered_once_and_stays(world: World, invoice: Invoice) -> None:
    dispute = answered(world, raised(world, invoice), "0")
    with pytest.raises(Refused, match="already answered"):
        answered(world, dispute, "10")
    for change in (lambda: dispute.delete(), lambda: Dispute.objects.update(answer="No")):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            change()
    raised(world, invoice, text="We found the register")
    assert Dispute.objects.count() == 2, "another one may follow, and both are kept"


def test_no_one_answers_about_their_own_place(world: World) -> None:
    own = booking(person=world.harbour.finance, event=event(starts_at=in_days(-3)))
    billed = charge(booking=own, state="approved")
    made = invoice_for(world, [billed], by=world.harbour.administrator)
    line = made.lines.get()
    dispute = raise_dispute(line=line, objection=AMOUNT, text="", by=office_of(world), at=NOW())
    with pytest.raises(Refused, match="Someone else has to decide"):
        answered(world, dispute, "0")
    page = page_as(world.harbour.finance).get(dispute.get_absolute_url()).content.decode()
    assert "Someone else has to decide" in page
    assert "Save the answer" not in page


@pytest.mark.parametrize("name", ["disputes", "dispute"])
def test_finance_answers_and_no_one_else(world: World, invoice: Invoice, name: str) -> None:
    args = [raised(world, invoice).pk] if name == "dispute" else []
    address = reverse(name, args=args)
    for part in ("practitioner", "agency_lead", "coordinator", "trainer", "subgroup"):
        assert page_as(world.harbour.cast[part]).get(address).status_code == 403
    assert page_as(person()).get(address).status_code == 403
    assert page_as(world.moorland.finance).get(address).status_code == 404


def test_pages_cost_the_same_however_many_disputes(world: World, invoice: Invoice) -> None:
    dispute = raised(world, invoice)
    addresses = [
        reverse("disputes"),
        dispute.get_absolute_url(),
        reverse("invoice", args=[invoice.number]),
        reverse("finance"),
    ]
    before = [len(queries_of(world.harbour.finance, address)) for address in addresses]
    for _ in range(3):
        more = invoice_for(world, ready_charges(world.harbour.school))
        answered(world, raised(world, more), "5")
    raised(world, invoice, position=2)
    assert [len(queries_of(world.harbour.finance, address)) for address in addresses] == before
    assert max(before) <= 12
