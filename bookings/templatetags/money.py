"""`{% load money %}`: amounts and prices in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template

from bookings.rules import money
from bookings.rules.agreed import Quote
from bookings.rules.fees import Price
from bookings.rules.prices import FOR_A_WASTED_PLACE, QUOTED_AS, FeeOutcome

register = template.Library()


@register.filter
def pounds(amount: Decimal | str | None) -> str:
    """£1,234.50."""
    return "" if amount is None else money.pounds(Decimal(amount))


@register.filter
def price(value: Price | Mapping[str, Any] | None) -> str:
    """Free, an amount, or that someone has to decide. Takes a Price, or its JSON as kept with a booking."""
    if value is None:
        return "Free"
    if isinstance(value, Price):
        return in_words(value.outcome, value.amount)
    return in_words(value["outcome"], Decimal(value["amount"] or 0))


@register.filter
def by_title(quote: Quote | Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What a place costs, each price after what people call it. Takes a Quote, or the JSON kept of one."""
    prices: Mapping[Any, Any] = quote.prices if isinstance(quote, Quote) else quote
    return [(title, prices[kind]) for kind, title in QUOTED_AS.items() if kind in prices]


@register.inclusion_tag("bookings/_quote_explained.html")
def quote_explained(quote: Quote | Mapping[str, Any], level: int = 3) -> dict[str, Any]:
    """`{% quote_explained quote level=4 %}`: what all its prices depend on, then how each is made up, under headings.

    Takes a Quote, or its JSON as kept with a booking.
    """
    kept = quote.to_json() if isinstance(quote, Quote) else quote
    prices = {title: one for title, one in by_title(kept) if one}
    inputs = {
        title: [pair for pair in one["inputs"] if pair[0] != "Charge"]
        for title, one in prices.items()
    }
    common = [
        pair
        for pair in next(iter(inputs.values()), [])
        if all(pair in one for one in inputs.values())
    ]
    wasted = {QUOTED_AS[kind] for kind in FOR_A_WASTED_PLACE}
    return {
        "level": level,
        "shared": {"inputs": common},
        "prices": [
            {
                "title": title,
                "clause": one["clause"],
                "inputs": [pair for pair in inputs[title] if pair not in common],
                "steps": one["steps"],
            }
            for title, one in prices.items()
        ],
        "costs_nothing_wasted": bool(prices) and not wasted & set(prices),
    }


def in_words(outcome: str, amount: Decimal) -> str:
    """What a payer wants to know first."""
    if outcome == FeeOutcome.DECISION:
        return "To be decided by the training team"
    return money.pounds(amount) if outcome == FeeOutcome.AMOUNT else "Free"
