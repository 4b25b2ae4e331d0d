"""Due dates of invoices and credit notes, and how charges are gathered into invoices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bookings.rules.money import NOTHING, pounds
from partnerships.rules.months import first_of_month
from partnerships.rules.reasons import Kind, Reason
from partnerships.rules.working_days import WorkingCalendar, nth_working_day_after

TERMS_DAYS = 30
# Reg. 15C of the VAT Regulations 1995: fourteen days beginning with the day of the decrease.
CREDIT_NOTE_DAYS = 14


def due_on(issued_on: date, terms_days: int = TERMS_DAYS) -> date:
    """The last day to pay: calendar days, never moved for a weekend (W44)."""
    return issued_on + timedelta(days=terms_days)


def first_reminder_on(due: date, calendar: WorkingCalendar) -> date:
    """The first working day after the due date: nobody is reminded while there is still time."""
    return nth_working_day_after(due, 1, calendar)


def statutory_last_day(received_on: date, days: int = TERMS_DAYS) -> date:
    """The last of the days beginning with receipt (Procurement Act 2023): receipt counts (W45)."""
    return received_on + timedelta(days=days - 1)


def credit_note_by(agreed_on: date) -> date:
    """The last day to issue a credit note for a reduction agreed on a day (W46)."""
    return agreed_on + timedelta(days=CREDIT_NOTE_DAYS - 1)


@dataclass(frozen=True)
class ChargeLine:
    """A charge ready to invoice; ``on`` is the day of the event it comes from."""

    charge: int
    agency: str
    on: date
    amount: Decimal


@dataclass(frozen=True)
class InvoiceDraft:
    """One invoice to be: an agency, the month it covers (its first day) and the lines."""

    agency: str
    month: date
    lines: tuple[ChargeLine, ...]

    @property
    def total(self) -> Decimal:
        """Pounds, before VAT is looked at."""
        return sum((line.amount for line in self.lines), NOTHING)


def consolidate(lines: Iterable[ChargeLine]) -> tuple[InvoiceDraft, ...]:
    """One draft per agency and month, both and the lines in a steady order (W49)."""
    gathered: dict[tuple[str, date], list[ChargeLine]] = defaultdict(list)
    for line in sorted(lines, key=_order):
        gathered[line.agency, first_of_month(line.on)].append(line)
    return tuple(
        InvoiceDraft(agency, month, tuple(gathered[agency, month]))
        for agency, month in sorted(gathered)
    )


def one_by_one(lines: Iterable[ChargeLine]) -> tuple[InvoiceDraft, ...]:
    """One draft per charge, for payers that want it so."""
    return tuple(
        InvoiceDraft(line.agency, first_of_month(line.on), (line,))
        for line in sorted(lines, key=_order)
    )


def credit_reasons(
    line_amount: Decimal, credited_already: Decimal, amount: Decimal
) -> tuple[Reason, ...]:
    """Why a credit for an invoice line cannot be given: it needs an amount the line still has."""
    left = line_amount - credited_already
    if 0 < amount <= left:
        return ()
    sentence = f"{pounds(left)} of this line can still be credited."
    return (Reason(Kind.BLOCKS, "credit_amount", sentence, "Enter an amount up to that."),)


def _order(line: ChargeLine) -> tuple[str, date, int]:
    return line.agency, line.on, line.charge
