"""`{% load money %}`: amounts and prices in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template

from bookings.rules import money
from bookings.rules.fees import Price
from courses.rules.prices import FeeOutcome

register = template.Library()


@register.filter
def pounds(amount: Decimal | str | None) -> str:
    """£1,234.50."""
    return "" if amount is None else money.pounds(Decimal(amount))


@register.filter
def price(value: Price | Mapping[str, Any] | None) -> str:
    """Free, an amount, or that somebody has to decide. Takes a Price, or the JSON kept of one with a booking."""
    if value is None:
        return "Free"
    if not value:  # a booking that came about without a form, at the register for one
        return "Not told beforehand"
    if isinstance(value, Price):
        return in_words(value.outcome, value.amount)
    return in_words(value["outcome"], Decimal(value["amount"] or 0))


def in_words(outcome: str, amount: Decimal) -> str:
    """What a payer wants to know first."""
    if outcome == FeeOutcome.DECISION:
        return "To be decided by the training team"
    return money.pounds(amount) if outcome == FeeOutcome.AMOUNT else "Free"
