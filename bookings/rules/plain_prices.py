"""Plain prices: a flat amount for a kind of employer, whatever the event. Most policies have no others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from bookings.rules.fees import PriceRule
from bookings.rules.money import NOTHING
from bookings.rules.place import AppliesTo
from bookings.rules.policy_words import price_in_words
from bookings.rules.prices import QUOTED_AS, ChargeKind, FeeOutcome

# A kind of charge, and the code of a payer class; empty for everyone else.
Cell = tuple[str, str]
PlainPrice = tuple[str, Decimal]
FREE_WORD, ASK_WORD = "free", "ask"
HIGHEST = Decimal("9999999.99")
AMOUNT = re.compile(r"£? ?(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?")


def is_plain(rule: PriceRule) -> bool:
    """Whether a price says nothing but an outcome for a payer class or for everyone."""
    scope = AppliesTo(payer_class=rule.scope.payer_class)
    return rule == PriceRule(rule.kind, rule.outcome, rule.amount, rule.clause, scope)


def read_plain_price(text: str) -> PlainPrice | None:
    """An amount in pounds, "free" or "ask"; None if nothing is said. ValueError for anything else."""
    said = text.strip().lower()
    if not said:
        return None
    if said in {FREE_WORD, ASK_WORD}:
        return (FeeOutcome.FREE if said == FREE_WORD else FeeOutcome.DECISION), NOTHING
    found = AMOUNT.fullmatch(said)
    amount = Decimal(found[1].replace(",", "") + (found[2] or "")) if found else None
    if amount is None or amount > HIGHEST:
        raise ValueError(text)
    return (FeeOutcome.AMOUNT, amount) if amount else (FeeOutcome.FREE, NOTHING)


def written(price: PlainPrice | None) -> str:
    """A plain price as it is typed."""
    if price is None:
        return ""
    outcome, amount = price
    words: Mapping[str, str] = {FeeOutcome.FREE: FREE_WORD, FeeOutcome.DECISION: ASK_WORD}
    return words.get(outcome, f"{amount:.2f}")


def plain_clause(kind: str, payer: str, price: PlainPrice) -> str:
    """The sentence of a plain price: "Not attending (partner agencies): £60.00."."""
    outcome, amount = price
    rule = PriceRule(ChargeKind(kind), FeeOutcome(outcome), amount)
    who = f" ({payer[0].lower()}{payer[1:]})" if payer else ""
    return f"{QUOTED_AS[rule.kind]}{who}: {price_in_words(rule)}."
