"""What finance offices of agencies did of late: two order numbers, and two lines that they do not agree with."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from finance.access import Contact
from finance.models import Invoice
from finance.operations.answer_dispute import answer_dispute
from finance.operations.give_order_number import give_order_number
from finance.operations.raise_dispute import raise_dispute
from finance.rules.disputes import Objection
from finance.terms.debt import standing_invoices
from partnerships.rules.months import add_months, first_of_month, last_of_month
from tools.demo.town import Town

DISPUTED = (
    (Objection.ATTENDED, "Our colleague was there from about ten o’clock and signed the list."),
    (Objection.CANCELLED, "We cancelled the place by phone the week before."),
)
STANDS = "The message came after free cancellation had ended. The booking says until when."


def load_account(town: Town) -> None:
    """By the link in the email. The older dispute has been answered, the newer one waits."""
    owed = standing_invoices().filter(balance__gt=0, credited=0, paid=0)
    found = list(owed.exclude(agency__finance_email="").select_related("agency").order_by("number"))
    for number, invoice in enumerate(found[:2]):
        give_number(town, invoice, number)
    for number, invoice in enumerate(reversed(found[-2:])):
        dispute(town, invoice, number)


def give_number(town: Town, invoice: Invoice, number: int) -> None:
    """One for the next three months, the other for an event that the agency has been charged for."""
    first = first_of_month(add_months(town.today, 1))
    event = invoice.lines.get(position=1).charge.booking.event
    what = {"event": event} if number else {"period": (first, last_of_month(add_months(first, 2)))}
    give_order_number(
        number=f"PO{town.today:%y}{410 + number}",
        by=office_of(invoice),
        at=at(town, 2),
        **what,
    )


def dispute(town: Town, invoice: Invoice, number: int) -> None:
    """Raised some days after the invoice, and answered unless it is the newest."""
    objection, text = DISPUTED[number]
    raised = max(at(town, 1 + 3 * number), invoice.issued_at + timedelta(hours=2))
    made = raise_dispute(
        line=invoice.lines.get(position=1),
        objection=objection,
        text=text,
        by=office_of(invoice),
        at=raised,
    )
    if number:
        answer_dispute(
            dispute=made,
            credit=Decimal(0),
            answer=STANDS,
            by=town.member("finance"),
            at=max(at(town, 2), raised + timedelta(hours=1)),
        )


def at(town: Town, days: int) -> datetime:
    """Two in the afternoon, about so many days ago."""
    return town.in_the_office(town.office_closed - timedelta(days=days, hours=10))


def office_of(invoice: Invoice) -> Contact:
    """The finance office that the invoice was emailed to."""
    return Contact(invoice.agency, invoice.agency.finance_email)
