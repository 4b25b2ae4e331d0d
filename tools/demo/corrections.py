"""What finance put right on its last evening: two fees that had been paid already, and a payment entered wrongly."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from finance.models import Invoice
from finance.operations.issue_credit_note import issue_credit_note
from finance.operations.record_payment import record_payment
from finance.operations.refund import refund
from finance.operations.reverse_payment import reverse_payment
from finance.terms.debt import standing_invoices
from tools.demo.town import Town

AGREED = "Charged in error: a colleague had taken the place."
ENTERED_WRONGLY = "Entered for the wrong agency."


def load_corrections(town: Town) -> None:
    """The money of one fee is held for its agency, that of another was paid back."""
    paid = list(standing_invoices().filter(balance=0, paid__gt=0, credited=0).order_by("-number"))
    for invoice in paid[:2]:
        credit(town, invoice)
    for invoice in paid[1:2]:
        pay_back(town, invoice)
    for invoice in standing_invoices().filter(balance__gt=10, paid__gt=0).order_by("number")[:1]:
        enter_and_reverse(town, invoice)


def credit(town: Town, invoice: Invoice) -> None:
    """Its first line, after it was paid."""
    at = town.office_closed - timedelta(minutes=60)
    line = invoice.lines.get(position=1)
    issue_credit_note(
        line=line,
        amount=line.gross,
        reason=AGREED,
        agreed_on=at.astimezone(town.zone).date(),
        by=town.member("finance"),
        at=at,
    )


def pay_back(town: Town, invoice: Invoice) -> None:
    """All that is held on it."""
    at = town.office_closed - timedelta(minutes=45)
    refund(
        invoice=invoice,
        amount=standing_invoices().get(pk=invoice.pk).held,
        received_on=at.astimezone(town.zone).date(),
        reference=f"Refund {invoice.number}",
        by=town.member("finance"),
        at=at,
    )


def enter_and_reverse(town: Town, invoice: Invoice) -> None:
    """A small sum, and half an hour later its reversal."""
    at, finance = town.office_closed - timedelta(minutes=40), town.member("finance")
    entry = record_payment(
        invoice=invoice,
        amount=Decimal("10.00"),
        received_on=at.astimezone(town.zone).date(),
        reference="BACS 4711",
        by=finance,
        at=at,
    )
    later = at + timedelta(minutes=30)
    reverse_payment(payment=entry, reason=ENTERED_WRONGLY, by=finance, at=later)
