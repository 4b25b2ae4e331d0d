"""Agencies that are charged nothing for a while, such as a small charity or a school that was flooded.

An exemption is asked where the price is asked, so the quote names it, the charge follows it, and what it spared the
agency is part of the explanation (docs/domain/rules.md, waivers).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bookings.rules.fees import Price
from bookings.rules.money import NOTHING, pounds
from bookings.rules.prices import ChargeKind, FeeOutcome
from govuk.rules.phrases import listed, short_date


@dataclass(frozen=True)
class ExemptionRule:
    """Charges that do not arise: those for events that begin in a period, and those that arise in it.

    Both days are included. No ``kinds`` means all of them; ``place`` is the id of a booking if it is for one only.
    """

    number: int
    reason: str
    first: date
    last: date
    kinds: frozenset[ChargeKind] = frozenset()
    place: int | None = None
    is_ended: bool = False

    def covers(self, kind: ChargeKind, *days: date) -> bool:
        """Whether it is for such a charge on any of these days."""
        if self.kinds and kind not in self.kinds:
            return False
        return any(self.first <= day <= self.last for day in days)

    @property
    def words(self) -> str:
        """As an explanation names it."""
        what = listed([kind.label for kind in ChargeKind if kind in self.kinds])
        scope = f" ({what})" if what else ""
        return (
            f"No charge: exempt from {short_date(self.first)} to {short_date(self.last)}{scope}."
            f" Reason: {self.reason}"
        )


def exempted(price: Price, exemption: ExemptionRule) -> Price:
    """The price of what an exemption covers: nothing, with what it would have been and why it is not."""
    if price.outcome is FeeOutcome.FREE:
        return price
    would_be = (
        "Without the exemption, a person would decide."
        if price.outcome is FeeOutcome.DECISION
        else f"Without the exemption, it would be {pounds(price.amount)}."
    )
    why = price.explanation
    told = replace(why, amount=NOTHING, steps=(*why.steps, would_be, exemption.words))
    return replace(
        price,
        outcome=FeeOutcome.FREE,
        amount=NOTHING,
        explanation=told,
        exemption=exemption.number,
        spared=price.amount,
    )
