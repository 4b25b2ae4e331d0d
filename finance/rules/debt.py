"""The status of an issued invoice: what is owed, what is held for the agency, and for how long.

What was paid and then credited, or paid on top of what was owed, is not ours. It is held for the agency until it is
refunded or set against another invoice: never a debt below zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bookings.rules.money import NOTHING, pounds
from govuk.rules.choice import Choice
from partnerships.rules.reasons import Kind, Reason


class InvoiceStatus(Choice):
    """The status of an issued invoice on a day."""

    OPEN = "open", "Not due yet"
    OVERDUE = "overdue", "Overdue"
    PART_PAID = "part_paid", "Paid in part"
    PAID = "paid", "Paid"
    HELD = "held", "Money held"
    CREDITED = "credited", "Credited in full"
    WRITTEN_OFF = "written_off", "Written off"


class AgeBand(Choice):
    """How long a debt has been overdue."""

    NOT_DUE = "not_due", "Not due yet"
    TO_30 = "to_30", "1 to 30 days overdue"
    TO_60 = "to_60", "31 to 60 days overdue"
    TO_90 = "to_90", "61 to 90 days overdue"
    OVER_90 = "over_90", "More than 90 days overdue"


@dataclass(frozen=True)
class Account:
    """What is owed and what is held, in pounds, neither below zero, for one agency or for all."""

    owed: Decimal = NOTHING
    held: Decimal = NOTHING

    @classmethod
    def of(cls, balances: Iterable[Decimal]) -> Account:
        """Balances of invoices, split: one invoice's money is not automatically set against another's debt."""
        known = tuple(balances)
        owed = sum((one for one in known if one > 0), NOTHING)
        return cls(owed, owed - sum(known, NOTHING))

    @property
    def to_pay(self) -> Decimal:
        """What would still be owed if everything held were set against it."""
        return max(self.owed - self.held, NOTHING)

    @property
    def net(self) -> Decimal:
        """The sum of all balances; below zero if more is held than owed."""
        return self.owed - self.held


def balance(total: Decimal, credited: Decimal, paid: Decimal, written_off: Decimal) -> Decimal:
    """Pounds still owed, or below zero what is held. ``paid`` is what came in and was neither refunded nor moved."""
    return total - credited - paid - written_off


def invoice_status(
    total: Decimal, credited: Decimal, paid: Decimal, written_off: Decimal, due: date, today: date
) -> InvoiceStatus:
    """The status: first whether anything is owed or held, then whether it is late."""
    left = balance(total, credited, paid, written_off)
    if left < 0:
        return InvoiceStatus.HELD
    if left == 0:
        if written_off > 0:
            return InvoiceStatus.WRITTEN_OFF
        return InvoiceStatus.PAID if paid > 0 or total <= 0 else InvoiceStatus.CREDITED
    if today > due:
        return InvoiceStatus.OVERDUE
    return InvoiceStatus.PART_PAID if paid > 0 else InvoiceStatus.OPEN


def age_band(due: date, today: date) -> AgeBand:
    """The column of the aged-debt report."""
    late = (today - due).days
    if late <= 0:
        return AgeBand.NOT_DUE
    limits = ((30, AgeBand.TO_30), (60, AgeBand.TO_60), (90, AgeBand.TO_90))
    return next((band for limit, band in limits if late <= limit), AgeBand.OVER_90)


def amount_reasons(amount: Decimal, most: Decimal, of_what: str) -> tuple[Reason, ...]:
    """Why an amount cannot be entered: it must be above zero and not too much. ``of_what``: "is still owed"."""
    if 0 < amount <= most:
        return ()
    if most <= 0:
        return (Reason(Kind.BLOCKS, "amount", f"Nothing {of_what}."),)
    sentence = f"Only {pounds(most)} {of_what}."
    return (
        Reason(Kind.BLOCKS, "amount", sentence, f"Enter an amount above £0, up to {pounds(most)}."),
    )


def day_reasons(day: date, today: date, field: str) -> tuple[Reason, ...]:
    """Why something that has happened cannot be entered for this day. ``field`` is its name on the form."""
    if day <= today:
        return ()
    return (Reason(Kind.BLOCKS, field, "The date must be today or in the past."),)
