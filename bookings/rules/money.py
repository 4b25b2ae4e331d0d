"""Pounds and pence: Decimal only, and one rounding, half up."""

from decimal import ROUND_HALF_UP, Decimal

PENNY = Decimal("0.01")
NOTHING = Decimal("0.00")


def to_pence(amount: Decimal) -> Decimal:
    """Pounds rounded to whole pence, halves away from zero."""
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)


def percent_of(amount: Decimal, percent: Decimal) -> Decimal:
    """So many per cent of an amount, in whole pence."""
    return to_pence(amount * percent / 100)


def pounds(amount: Decimal) -> str:
    """£1,234.50, or -£50.00."""
    rounded = to_pence(amount)
    return f"{'-' if rounded < 0 else ''}£{abs(rounded):,.2f}"
