"""What is wrong with the prices and exceptions of a charging policy, said before it is released.

Two prices or exceptions that apply equally and disagree, and fees that rise with more notice, block it: no one could
say what a place costs, or would be better off cancelling later. A kind of employer or a length without a price is
only said, because a person then decides (seed 003 leaves such a gap, W31).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise, product
from typing import Any

from bookings.rules.attendance import AttendanceRule, attendance_for
from bookings.rules.fees import Circumstances, Price, PriceRule, price_for
from bookings.rules.money import NOTHING, pounds
from bookings.rules.place import NAMED, AppliesTo, Place, Scoped
from bookings.rules.prices import (
    COUNTED_BY_LENGTH,
    ONLY_WHERE_PRICED,
    QUOTED_AS,
    SHARES,
    ChargeKind,
    FeeBase,
    FeeOutcome,
)
from govuk.rules.phrases import counted, listed
from partnerships.rules.payers import Named
from partnerships.rules.reasons import Kind, Reason

# Shares are worked out of a round price, so that those of one base can be compared.
A_LIST_PRICE = Decimal(100)
A_PLACE = Place(sittings=(1,), list_price=A_LIST_PRICE)
LONGEST = 60 * 24 * 366  # minutes; no event is longer than a year
BY_THE_REGISTER = {ChargeKind.LATE_ARRIVAL, ChargeKind.LEFT_EARLY, ChargeKind.WALK_IN}
SESSIONS = (1, 2, 3, 4, 6, 10)  # of an event, where a fee depends on their number


def policy_reasons(
    prices: Iterable[PriceRule], payers: Sequence[Named], registers: Sequence[AttendanceRule]
) -> tuple[Reason, ...]:
    """Everything against releasing a policy, and what to know before.

    ``registers``: what happens at the event, the general rule and its exceptions.
    """
    lines = tuple(prices)
    return (
        *_contradictions(lines),
        *_equal_exceptions(registers),
        *_rising_fees(lines),
        *_gaps(lines, payers),
        *_fees_without_effect(lines, registers),
    )


def _contradictions(lines: Sequence[PriceRule]) -> tuple[Reason, ...]:
    """Pairs of prices of which neither is more specific, and which say different things about one place."""
    found = []
    for one, other in combinations(lines, 2):
        if one.kind is not other.kind or one.rank != other.rank or one.says == other.says:
            continue
        if both(one.scope, other.scope) is not None:
            sentence = (
                f"“{one.clause}” and “{other.clause}” apply equally but give different amounts."
            )
            step = "Change one of them, or say more exactly what each is for."
            found.append(Reason(Kind.BLOCKS, "contradiction", sentence, step))
    return tuple(found)


def _equal_exceptions(registers: Sequence[AttendanceRule]) -> tuple[Reason, ...]:
    """Pairs of exceptions at the event of which neither is more specific, and which differ about one place."""
    return tuple(
        Reason(
            Kind.BLOCKS,
            "contradicting_exceptions",
            f"The exceptions “{one.label}” and “{other.label}” apply equally but say different things.",
            "Change one of them, or say more exactly which places each is for.",
        )
        for one, other in combinations(registers, 2)
        if one.scope.rank == other.scope.rank
        and one.says != other.says
        and both(one.scope, other.scope) is not None
    )


def _rising_fees(lines: Sequence[PriceRule]) -> tuple[Reason, ...]:
    """Fees that are higher with more notice, for any place that two prices meet in."""
    late = [line for line in lines if line.kind is ChargeKind.LATE_CANCELLATION]
    certain = _rises(_places(late), lines)
    found = [_rise(place, pair, Kind.BLOCKS) for place, pair in certain.values()]
    elsewhere = _rises(places_that_differ(lines), lines)
    found += [
        _rise(place, pair, Kind.WARNS)
        for clauses, (place, pair) in elsewhere.items()
        if clauses not in certain
    ]
    return tuple(found)


def _rises(
    places: Iterable[Place], lines: Sequence[PriceRule]
) -> dict[tuple[str, str], tuple[Place, tuple[Price, Price]]]:
    """Two prices by their clauses, the first for less notice and yet lower, with the last place where that is so."""
    given = sorted({0, *(line.notice_under for line in lines if line.notice_under)})
    found = {}
    for place in places:
        prices = [_late_price(place, notice, lines) for notice in given]
        known = [one for one in prices if one.outcome is not FeeOutcome.DECISION]
        for less, more in pairwise(known):
            if more.amount > less.amount:
                clauses = (less.explanation.clause, more.explanation.clause)
                found[clauses] = place, (less, more)
    return found


def _rise(place: Place, pair: tuple[Price, Price], kind: Kind) -> Reason:
    less, more = pair
    prices = (
        f"{pounds(less.amount)} by “{less.explanation.clause}”,"
        f" but {pounds(more.amount)} by “{more.explanation.clause}”."
    )
    if kind is Kind.BLOCKS:
        sentence = f"More notice would cost more: {prices}"
        return Reason(kind, "rising_fee", sentence, "Change one of the two amounts.")
    course = f"{pounds(place.list_price or NOTHING)} in {counted(len(place.sittings), 'session')}"
    sentence = (
        f"More notice would cost more for some places, such as a course of {course}: {prices}"
    )
    step = (
        "If there are such places, set a lowest amount for the fee that applies with less notice."
    )
    return Reason(kind, "rising_fee_somewhere", sentence, step)


def _late_price(place: Place, notice: int, lines: Sequence[PriceRule]) -> Price:
    return price_for(Circumstances(ChargeKind.LATE_CANCELLATION, place, notice), lines)


def _places(lines: Sequence[PriceRule]) -> set[Place]:
    """A place for every two prices that can apply to the same one, of every length that makes a difference."""
    return {_inside(scope, minutes) for scope in _meetings(lines) for minutes in _lengths(lines)}


def _meetings(lines: Sequence[PriceRule]) -> set[AppliesTo]:
    """Where two prices meet, whatever the length."""
    scopes = {replace(line.scope, shortest=None, longest=None) for line in lines}
    meet = {both(one, other) for one in scopes for other in scopes}
    return {scope for scope in meet if scope is not None}


def _lengths(lines: Sequence[Scoped]) -> set[int]:
    """The first and the last minute of every span that a rule names, and those beside it."""
    ends = {line.scope.longest for line in lines if line.scope.longest}
    ends |= {line.scope.shortest - 1 for line in lines if line.scope.shortest}
    return {1, *ends, *(minutes + 1 for minutes in ends)} - {0}


def places_that_differ(lines: Sequence[PriceRule]) -> Iterator[Place]:
    """Places of other list prices, lengths and attendance fees, if late fees depend on those."""
    late = [line for line in lines if line.kind is ChargeKind.LATE_CANCELLATION]
    attending = [line for line in lines if line.kind is ChargeKind.ATTENDANCE]
    whole = attending if any(one.base is FeeBase.PERCENT_OF_ATTENDANCE for one in late) else []
    concerned = [*late, *whole]
    if not (whole or any(one.base is not FeeBase.FLAT for one in late)):
        return
    scopes = {both(meeting, one.scope) for meeting in _meetings(late) for one in whole or late}
    for scope, minutes in product(scopes, (*_lengths(concerned), LONGEST)):
        if scope is None or not _inside_length(scope, minutes):
            continue
        place = _inside(scope, minutes)
        fitting = [one for one in concerned if one.scope.fits(place)]
        by_sessions = any(one.base in COUNTED_BY_LENGTH for one in fitting)
        for price, number in product(_list_prices(fitting), SESSIONS if by_sessions else (1,)):
            if number <= minutes:
                sittings = (minutes - number + 1, *(1 for _ in range(number - 1)))
                yield replace(place, sittings=sittings, list_price=price)


def _list_prices(lines: Sequence[PriceRule]) -> list[Decimal]:
    """List prices on both sides of every one at which a share meets a limit or another amount."""
    shares = [one for one in lines if one.base is FeeBase.PERCENT_OF_LIST_PRICE and one.amount]
    if not shares:
        return [A_LIST_PRICE]
    flat = {one.amount for one in lines if one.base not in SHARES}
    limits = {limit for one in lines for limit in (one.at_least, one.at_most) if limit}
    turns = {
        (amount + one.less) * 100 / one.amount
        for one in shares
        for amount in {NOTHING, *flat, *limits}
    }
    beside = {turn.quantize(Decimal(1)) + step for turn in turns for step in (-1, 0, 1)}
    return sorted({Decimal(10_000), *(price for price in beside if price > 0)})


def _inside(scope: AppliesTo, minutes: int) -> Place:
    """A place that the scope fits; what it does not name is something else."""
    named: dict[str, Any] = {name: getattr(scope, name) or "" for name in NAMED}
    return replace(A_PLACE, sittings=(minutes,), **named)


def _inside_length(scope: AppliesTo, minutes: int) -> bool:
    return (scope.shortest or 0) <= minutes <= (scope.longest or LONGEST)


def both(one: AppliesTo, other: AppliesTo) -> AppliesTo | None:
    """The places that fit two scopes; None if there are none."""
    merged: dict[str, str | None] = {}
    for name in NAMED:
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine is not None and theirs is not None and mine != theirs:
            return None
        merged[name] = mine if mine is not None else theirs
    shortest = max(one.shortest or 0, other.shortest or 0)
    longest = min(filter(None, (one.longest, other.longest)), default=None)
    if longest is not None and longest < shortest:
        return None
    return AppliesTo(**merged, shortest=shortest or None, longest=longest)


def _gaps(lines: Sequence[PriceRule], payers: Sequence[Named]) -> tuple[Reason, ...]:
    """Kinds of employer, and lengths, for which nothing is said."""
    found = []
    for kind in (kind for kind in QUOTED_AS if kind not in ONLY_WHERE_PRICED):
        own = [line for line in lines if line.kind is kind]
        without = [payer.name for payer in payers if not _has_price(own, payer.code)]
        if without and len(without) < len(payers):
            sentence = f"There is no price for “{QUOTED_AS[kind].lower()}” for some employers."
            step = f"A person will decide each time for: {listed(without)}."
            found.append(Reason(Kind.WARNS, "class_without_a_price", sentence, step))
        elif without:
            sentence = f"There is no price for “{QUOTED_AS[kind].lower()}”."
            found.append(
                Reason(Kind.WARNS, "no_price", sentence, "A person will decide each time.")
            )
        found += _missing_lengths(kind, own)
    return tuple(found)


def _has_price(lines: Sequence[PriceRule], payer: str) -> bool:
    """Whether any price can apply to an employer of a class, whatever else it asks for."""
    return any(line.scope.payer_class in {None, payer} for line in lines)


def _missing_lengths(kind: ChargeKind, lines: Sequence[PriceRule]) -> list[Reason]:
    """Minutes between two lengths that are priced, where no price is for any length."""
    if not lines or any(not line.scope.is_by_length for line in lines):
        return []
    spans = sorted({(line.scope.shortest or 1, line.scope.longest or LONGEST) for line in lines})
    reached, missing = 0, []
    for first, last in spans:
        if first > reached + 1:
            missing.append(f"{reached + 1} to {first - 1} minutes")
        reached = max(reached, last)
    if reached < LONGEST:
        missing.append(f"more than {reached} minutes")
    if not missing:
        return []
    sentence = f"There is no price for “{QUOTED_AS[kind].lower()}” for events of {listed(missing)}."
    return [
        Reason(Kind.WARNS, "length_without_a_price", sentence, "A person will decide each time.")
    ]


def _fees_without_effect(
    lines: Sequence[PriceRule], registers: Sequence[AttendanceRule]
) -> tuple[Reason, ...]:
    """Fees for arriving late, leaving early or coming without a booking where no rule charges any."""
    found = []
    for kind in QUOTED_AS:
        own = [line for line in lines if line.kind is kind and kind in BY_THE_REGISTER]
        if own and not any(_can_be_owed(line, registers) for line in own):
            sentence = f"There is a price for “{QUOTED_AS[kind].lower()}”, but the policy does not charge it."
            step = "Change the answer under “At the event”, or remove the price."
            found.append(Reason(Kind.WARNS, "fee_without_effect", sentence, step))
    return tuple(found)


def _can_be_owed(line: PriceRule, registers: Sequence[AttendanceRule]) -> bool:
    """Whether the price is charged at any of its places, by the rule that applies there."""
    meet = filter(None, (both(line.scope, one.scope) for one in registers))
    return any(
        line.kind in attendance_for(_inside(scope, minutes), registers).may_charge
        for scope, minutes in product(meet, _lengths((line, *registers)))
        if _inside_length(scope, minutes)
    )
