"""When invoices are due, what they have to say by law, and how much of a line can be credited by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bookings.rules.money import pounds
from finance.rules.vat import registration_reasons
from govuk.rules.phrases import listed, short_date
from partnerships.rules.reasons import Kind, Reason
from partnerships.rules.vat_numbers import vat_number_reasons
from partnerships.rules.working_days import WorkingCalendar, nth_working_day_after

# With less, an invoice is overdue before an accounts office has opened it. With more than sixty days, businesses
# have to show that it is fair (Late Payment of Commercial Debts (Interest) Act 1998, section 4).
SHORTEST_TERMS, LONGEST_TERMS = 7, 60
# Reg. 15C of the VAT Regulations 1995: fourteen days beginning with the day of the decrease.
CREDIT_NOTE_DAYS = 14
ON_FINANCE_PAGE = "Enter it on the finance page under “Who issues invoices and on what terms”."
NO_ISSUER = Reason(
    Kind.BLOCKS,
    "billing_profile_missing",
    "The details of who issues invoices have not been entered yet.",
    ON_FINANCE_PAGE,
)


@dataclass(frozen=True)
class Parties:
    """Who issues a document to whom, as far as the law requires it on the document."""

    issuer_name: str
    issuer_address: str
    issuer_email: str
    vat_number: str
    customer_name: str
    customer_address: str


def due_on(issued_on: date, terms_days: int) -> date:
    """The last day to pay: calendar days, never moved for a weekend (W44)."""
    return issued_on + timedelta(days=terms_days)


def terms_reasons(days: int) -> tuple[Reason, ...]:
    """Why customers cannot be given this many days to pay."""
    if SHORTEST_TERMS <= days <= LONGEST_TERMS:
        return ()
    sentence = f"Payment terms are {SHORTEST_TERMS} to {LONGEST_TERMS} days."
    step = (
        "Most public bodies pay within 30. Fewer than 7 gives an accounts office no time, and more than 60 is"
        " longer than businesses can usually agree on."
    )
    return (Reason(Kind.BLOCKS, "payment_terms_days", sentence, step),)


def first_reminder_on(due: date, calendar: WorkingCalendar) -> date:
    """The first working day after the due date, because no one is reminded while there is still time."""
    return nth_working_day_after(due, 1, calendar)


def order_number_missing(required: bool, number: str) -> bool:
    """Whether a charge cannot be invoiced yet: its agency requires an order number and has given none for it.

    ``finance.models.charge.NO_ORDER_NUMBER`` is the same as SQL.
    """
    return required and not number


def issuer_reasons(parties: Parties, codes: Iterable[str]) -> tuple[Reason, ...]:
    """What an invoice must show and the issuer has not entered (docs/domain/rules.md, invoices). ``codes``: its VAT."""
    needed = {
        "name": parties.issuer_name,
        "address": parties.issuer_address,
        "email address": parties.issuer_email,
    }
    missing = [what for what, said in needed.items() if not said.strip()]
    found: tuple[Reason, ...] = ()
    if missing:
        sentence = f"An invoice must show the issuer’s {listed(missing)}."
        found = (Reason(Kind.BLOCKS, "issuer_incomplete", sentence, ON_FINANCE_PAGE),)
    if parties.vat_number:
        found += vat_number_reasons(parties.vat_number)
    return found + registration_reasons(parties.vat_number, codes)


def customer_reasons(parties: Parties) -> tuple[Reason, ...]:
    """What an invoice must show about the customer and no one has entered (docs/domain/rules.md, invoices).

    ``finance.models.charge.NO_ADDRESS`` is the same as SQL.
    """
    if parties.customer_name.strip() and parties.customer_address.strip():
        return ()
    sentence = f"An invoice must show the customer’s address, and {parties.customer_name} has none."
    step = "Enter it on the agency’s statement page under “Invoices go to”."
    return (Reason(Kind.BLOCKS, "customer_address", sentence, step),)


def credit_note_by(agreed_on: date) -> date:
    """The last day to issue a credit note for a reduction agreed on a day (W46)."""
    return agreed_on + timedelta(days=CREDIT_NOTE_DAYS - 1)


def lateness_of_credit(agreed_on: date, issued_on: date) -> str:
    """What finance is told about a credit note issued after its last day; empty if it was in time.

    A late one is still issued, because the agency is owed it.
    """
    last = credit_note_by(agreed_on)
    if issued_on <= last:
        return ""
    return (
        f"The law required it by {short_date(last)}, {CREDIT_NOTE_DAYS} days starting with the day the reduction was"
        " agreed (VAT Regulations 1995, regulation 15C). Note the reason for the delay in your VAT records."
    )


def agreed_on_reasons(agreed_on: date, invoiced_on: date, today: date) -> tuple[Reason, ...]:
    """Why a reduction cannot have been agreed on this day: it must be after the invoice and not in the future."""
    if invoiced_on <= agreed_on <= today:
        return ()
    day = short_date(invoiced_on)
    sentence = (
        f"The reduction must have been agreed between the day of the invoice, {day}, and today."
    )
    return (Reason(Kind.BLOCKS, "agreed_on", sentence, "Enter the day it was agreed."),)


def credit_reasons(
    line_amount: Decimal, credited_already: Decimal, amount: Decimal
) -> tuple[Reason, ...]:
    """Why an amount of an invoice line cannot be credited: it must not be more than is left of the line."""
    left = line_amount - credited_already
    if 0 < amount <= left:
        return ()
    sentence = f"{pounds(left)} of this line can still be credited."
    return (Reason(Kind.BLOCKS, "amount", sentence, f"Enter an amount up to {pounds(left)}."),)
