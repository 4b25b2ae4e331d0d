"""What a charging policy means for one event: until when cancelling costs what, for each kind of employer.

Someone who writes a policy sees it follow while they type. Every fee comes from the rule that charges it later
(:func:`bookings.rules.settlement.settled_by_cancelling`), so the table cannot promise anything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bookings.rules.agreed import Agreed
from bookings.rules.fees import Price
from bookings.rules.money import pounds
from bookings.rules.notice import Counting, free_until
from bookings.rules.policy_words import ASK_FIRST
from bookings.rules.prices import QUOTED_AS, ChargeKind, FeeOutcome
from bookings.rules.settlement import settled_by_cancelling

FREE = "Free"


@dataclass(frozen=True)
class Span:
    """Everything received up to ``until``, included, and after the span before costs the same: one fee a payer."""

    until: datetime
    fees: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """One event under a policy: what cancelling costs when, and what every other kind of charge comes to."""

    spans: tuple[Span, ...]
    other: tuple[tuple[str, tuple[str, ...]], ...]


def preview(terms: Sequence[Agreed]) -> Preview:
    """The terms of one event for each kind of employer, in their order; they all start at the same time."""
    return Preview(cancellation_spans(terms), tuple(_other_charges(terms)))


def cancellation_spans(terms: Sequence[Agreed]) -> tuple[Span, ...]:
    """What cancelling costs, from long before the event to its start."""
    found: list[Span] = []
    for until in _turning_points(terms):
        fees = tuple(_fee_at(agreed, until) for agreed in terms)
        if found and found[-1].fees == fees:
            found.pop()
        found.append(Span(until, fees))
    return tuple(found)


def in_one_word(price: Price | None) -> str:
    """A price as a cell of a table shows it; None is what the policy does not charge."""
    if price is None or price.outcome is FeeOutcome.FREE:
        return FREE
    return ASK_FIRST if price.outcome is FeeOutcome.DECISION else pounds(price.amount)


def _turning_points(terms: Iterable[Agreed]) -> list[datetime]:
    """The instants after which a cancellation may cost something else, in order; the last is the start."""
    found = {point.astimezone(UTC): point for agreed in terms for point in _points_of(agreed)}
    return [found[instant] for instant in sorted(found)]


def _points_of(agreed: Agreed) -> list[datetime]:
    start = agreed.starts_at.astimezone(agreed.tz)
    tiers = {line.notice_under for line in agreed.prices if line.notice_under}
    points = [agreed.deadline.instant, *(_last_with(agreed, tier) for tier in tiers)]
    before = start.astimezone(UTC)
    return [*(point for point in points if point.astimezone(UTC) < before), start]


def _last_with(agreed: Agreed, units: int) -> datetime:
    """The last instant that still leaves so many units of notice, as late tiers count them."""
    counted = replace(agreed.notice, notice=units, counting=Counting.AT_LEAST)
    return free_until(agreed.starts_at, counted, agreed.calendar, agreed.tz)


def _fee_at(agreed: Agreed, received_at: datetime) -> str:
    settled = settled_by_cancelling(agreed, received_at, was_pending=False)
    return in_one_word(settled.dues[0].price) if settled.dues else FREE


def _other_charges(terms: Sequence[Agreed]) -> Iterable[tuple[str, tuple[str, ...]]]:
    for kind, title in QUOTED_AS.items():
        if kind is not ChargeKind.LATE_CANCELLATION and any(one.asks_for(kind) for one in terms):
            cells = (in_one_word(one.owed(kind)) if one.asks_for(kind) else FREE for one in terms)
            yield title, tuple(cells)
