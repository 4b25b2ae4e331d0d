"""How an invoice stands once it is issued: balance, settlement, age and, if switched on, interest."""

from datetime import date
from decimal import Decimal

from bookings.rules.money import NOTHING, to_pence
from partnerships.rules.choice import Choice


class Settlement(Choice):
    """How an issued invoice stands on a day."""

    OPEN = "open", "Not due yet"
    OVERDUE = "overdue", "Overdue"
    PART_PAID = "part_paid", "Paid in part"
    PAID = "paid", "Paid"
    CREDITED = "credited", "Credited in full"
    WRITTEN_OFF = "written_off", "Written off"


class AgeBand(Choice):
    """How long a debt has been overdue."""

    NOT_DUE = "not_due", "Not due yet"
    TO_30 = "to_30", "1 to 30 days overdue"
    TO_60 = "to_60", "31 to 60 days overdue"
    TO_90 = "to_90", "61 to 90 days overdue"
    OVER_90 = "over_90", "More than 90 days overdue"


def balance(
    total: Decimal, credited: Decimal, paid: Decimal, written_off: Decimal = NOTHING
) -> Decimal:
    """Pounds still owed; below zero the agency has paid too much."""
    return total - credited - paid - written_off


def settlement(
    total: Decimal, credited: Decimal, paid: Decimal, written_off: Decimal, due: date, today: date
) -> Settlement:
    """How it stands: first whether anything is owed, then whether it is late."""
    if balance(total, credited, paid, written_off) <= 0:
        if written_off > 0:
            return Settlement.WRITTEN_OFF
        return Settlement.PAID if paid > 0 or total <= 0 else Settlement.CREDITED
    if today > due:
        return Settlement.OVERDUE
    return Settlement.PART_PAID if paid > 0 else Settlement.OPEN


def age_band(due: date, today: date) -> AgeBand:
    """The column of the aged-debt report."""
    late = (today - due).days
    if late <= 0:
        return AgeBand.NOT_DUE
    limits = ((30, AgeBand.TO_30), (60, AgeBand.TO_60), (90, AgeBand.TO_90))
    return next((band for limit, band in limits if late <= limit), AgeBand.OVER_90)


def late_interest(
    amount: Decimal, annual_percent: Decimal, days: int, *, daily_to_pence: bool = True
) -> Decimal:
    """Simple interest in pounds for days late, off by default in every partnership.

    GOV.UK's example rounds the daily sum to pence first: £1,000 at 8.5% for 50 days is £11.50 so,
    £11.64 unrounded (W50).
    """
    daily = amount * annual_percent / 100 / 365
    return to_pence((to_pence(daily) if daily_to_pence else daily) * days)
