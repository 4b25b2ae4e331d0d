"""Pounds and pence: Decimal only, and every rounding named."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from govuk.rules.choice import Choice

PENNY, POUND = Decimal("0.01"), Decimal(1)
NOTHING = Decimal("0.00")


class Rounding(Choice):
    """To what a fee is rounded."""

    PENNY = "penny", "To the penny"
    POUND = "pound", "To the nearest pound, with 50p rounded up"
    POUND_DOWN = "pound_down", "Down to the pound"
    POUND_UP = "pound_up", "Up to the pound"


# The step, and what happens to what lies between two steps.
STEPS: dict[Rounding, tuple[Decimal, str]] = {
    Rounding.PENNY: (PENNY, ROUND_HALF_UP),
    Rounding.POUND: (POUND, ROUND_HALF_UP),
    Rounding.POUND_DOWN: (POUND, ROUND_FLOOR),
    Rounding.POUND_UP: (POUND, ROUND_CEILING),
}


def to_pence(amount: Decimal) -> Decimal:
    """Pounds rounded to whole pence, halves away from zero."""
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)


def rounded(amount: Decimal, to: Rounding) -> Decimal:
    """Pounds and pence, rounded as a policy says."""
    step, how = STEPS[to]
    return amount.quantize(step, rounding=how).quantize(PENNY)


def percent_of(amount: Decimal, percent: Decimal) -> Decimal:
    """So many per cent of an amount, in whole pence."""
    return to_pence(amount * percent / 100)


def pounds(amount: Decimal) -> str:
    """£1,234.50, or -£50.00."""
    pence = to_pence(amount)
    return f"{'-' if pence < 0 else ''}£{abs(pence):,.2f}"
