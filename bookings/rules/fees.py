"""What something costs: the most specific line of the charging policy, with its clause and arithmetic.

Which line applies is said in :mod:`bookings.rules.place`; of two that differ only in the notice given, the tightest
tier applies. No line at all, or two equal lines that disagree, is a decision for a person: the policies have gaps
(seed 003 says nothing of charities that do not contribute, W31).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bookings.rules.money import NOTHING, Rounding, percent_of, pounds, rounded, to_pence
from bookings.rules.place import EVERYWHERE, AppliesTo, Place
from bookings.rules.prices import ChargeKind, FeeBase, FeeOutcome
from govuk.rules.phrases import counted
from partnerships.rules.reasons import Explanation

Rank = tuple[tuple[bool, ...], float]
Extras = tuple[tuple[str, Decimal], ...]

# In stored explanations too: ``extras_within`` looks for them.
EXTRA_COST, PLUS_EXTRAS = "Extra cost", "Plus the extra costs of"


@dataclass(frozen=True)
class PriceRule:
    """One line: what one kind of charge comes to for the places of a scope.

    ``amount`` is pounds, or a percentage if the base says so. ``less`` is taken off it, such as a booking fee that
    was paid before; then come ``at_least`` and ``at_most``, all in pounds, then the rounding, and with
    ``plus_extras`` what the place has cost beyond that. ``notice_under`` N applies when fewer than N units of notice
    were given.
    """

    kind: ChargeKind
    outcome: FeeOutcome
    amount: Decimal = NOTHING
    clause: str = ""
    scope: AppliesTo = EVERYWHERE
    notice_under: int | None = None
    base: FeeBase = FeeBase.FLAT
    less: Decimal = NOTHING
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    rounding: Rounding = Rounding.PENNY
    plus_extras: bool = False

    def __post_init__(self) -> None:
        of_attendance = self.base is FeeBase.PERCENT_OF_ATTENDANCE
        if of_attendance and self.kind is ChargeKind.ATTENDANCE:
            raise ValueError("An attendance fee cannot be a share of itself.")

    def applies_to(self, case: Circumstances) -> bool:
        """Whether everything that the line names matches."""
        if self.kind is not case.kind or not self.scope.fits(case.place):
            return False
        if self.notice_under is None:
            return True
        return case.notice_left is not None and case.notice_left < self.notice_under

    @property
    def rank(self) -> Rank:
        """A bigger rank is more specific."""
        tier = -float("inf") if self.notice_under is None else -self.notice_under
        return self.scope.rank, tier

    @property
    def says(self) -> tuple[object, ...]:
        """What two lines must have in common to agree."""
        limits = (self.less, self.at_least, self.at_most, self.rounding, self.plus_extras)
        return self.outcome, self.amount, self.base, *limits


@dataclass(frozen=True)
class Circumstances:
    """What a price depends on. ``notice_left`` counts policy units; ``notice_unit`` is for people only.

    ``extras`` are the extra costs recorded for the booking: what each is, and pounds.
    """

    kind: ChargeKind
    place: Place
    notice_left: int | None = None
    notice_unit: str = ""
    extras: Extras = ()

    @property
    def all_extras(self) -> Decimal:
        """The sum of the extra costs in pounds."""
        return sum((amount for _, amount in self.extras), NOTHING)


@dataclass(frozen=True)
class Price:
    """Free, an amount in pounds, or a decision to take; always with the grounds.

    ``with_extras``: the extra costs of the booking are in it, so they are not charged again. ``exemption`` is the
    number of the agency's exemption that makes it free, ``spared`` what would be charged without.
    """

    outcome: FeeOutcome
    amount: Decimal
    explanation: Explanation
    with_extras: bool = False
    exemption: int | None = None
    spared: Decimal = NOTHING


def price_for(case: Circumstances, rules: Iterable[PriceRule]) -> Price:
    """The price of these circumstances by these lines, whatever order they come in."""
    lines = tuple(rules)
    fitting = [rule for rule in lines if rule.applies_to(case)]
    if not fitting:
        return to_decide(case, "", "The charging policy names no price for this case.")
    top = max(rule.rank for rule in fitting)
    best = sorted((rule for rule in fitting if rule.rank == top), key=lambda rule: rule.clause)
    if len({rule.says for rule in best}) > 1:
        clauses = "; ".join(rule.clause for rule in best)
        why = "Two prices of the charging policy apply equally but give different amounts."
        return to_decide(case, clauses, why)
    return _apply(best[0], case, lines)


def free(case: Circumstances, clause: str, why: str) -> Price:
    """Nothing to pay, and why."""
    return Price(FeeOutcome.FREE, NOTHING, Explanation(NOTHING, clause, inputs_of(case), (why,)))


def to_decide(case: Circumstances, clause: str, why: str) -> Price:
    """A person has to decide, and why."""
    return Price(FeeOutcome.DECISION, NOTHING, Explanation(None, clause, inputs_of(case), (why,)))


def inputs_of(case: Circumstances) -> tuple[tuple[str, str], ...]:
    """The circumstances as labels and values for people."""
    inputs = [("Charge", case.kind.label), *case.place.labels]
    if case.notice_left is not None:
        inputs.append(("Notice given", f"{case.notice_left} {case.notice_unit}".strip()))
    inputs += [(EXTRA_COST, f"{what}, {pounds(amount)}") for what, amount in case.extras]
    return tuple((label, value) for label, value in inputs if value)


def _apply(rule: PriceRule, case: Circumstances, lines: Sequence[PriceRule]) -> Price:
    if rule.outcome is FeeOutcome.FREE:
        return free(case, rule.clause, "This is free of charge.")
    if rule.outcome is FeeOutcome.DECISION:
        why = "The charging policy leaves this case for a person to decide."
        return to_decide(case, rule.clause, why)
    if rule.base is FeeBase.PERCENT_OF_ATTENDANCE:
        return _share_of_attendance(rule, case, lines)
    if rule.base is FeeBase.PERCENT_OF_LIST_PRICE:
        return _share_of_list_price(rule, case)
    if rule.base is FeeBase.PERCENT_OF_EXTRAS:
        return _share(rule, case, case.all_extras, "the extra costs of the booking", ())
    amount, step = _multiplied(rule, case.place)
    return _amount(rule, case, amount, (step,))


def _multiplied(rule: PriceRule, place: Place) -> tuple[Decimal, str]:
    """The flat amount, or the amount times sessions, half days or days."""
    if rule.base is FeeBase.FLAT:
        return to_pence(rule.amount), f"A flat fee of {pounds(rule.amount)}."
    number, noun = {
        FeeBase.PER_SESSION: (len(place.sittings), "session"),
        FeeBase.PER_HALF_DAY: (place.half_days, "half day"),
        FeeBase.PER_DAY: (place.days, "day"),
    }[rule.base]
    amount = to_pence(rule.amount * number)
    return amount, f"{counted(number, noun)} at {pounds(rule.amount)} comes to {pounds(amount)}."


def _share_of_attendance(rule: PriceRule, case: Circumstances, lines: Sequence[PriceRule]) -> Price:
    """Of what this employer would pay to take part."""
    attending = replace(case, kind=ChargeKind.ATTENDANCE, notice_left=None)
    whole = price_for(attending, lines)
    if whole.outcome is FeeOutcome.DECISION:
        why = "This is a share of the attendance fee, which has not been decided."
        return to_decide(case, rule.clause, why)
    return _share(rule, case, whole.amount, "the attendance fee", whole.explanation.steps)


def _share_of_list_price(rule: PriceRule, case: Circumstances) -> Price:
    """Of the course's own price, whatever this employer would pay to take part."""
    if case.place.list_price is None:
        why = "This depends on the list price of the course, which has not been entered."
        return to_decide(case, rule.clause, why)
    return _share(rule, case, case.place.list_price, "the list price of the course", ())


def _share(
    rule: PriceRule, case: Circumstances, whole: Decimal, name: str, steps: tuple[str, ...]
) -> Price:
    amount = percent_of(whole, rule.amount)
    share = f"{rule.amount.normalize():f}% of {name}"
    step = f"{share}, {pounds(whole)}, comes to {pounds(amount)}."
    return _amount(rule, case, amount, (*steps, step))


def _amount(rule: PriceRule, case: Circumstances, amount: Decimal, steps: tuple[str, ...]) -> Price:
    """A line that comes to nothing is free, because an invoice for £0.00 helps no one."""
    total, more = _limited(rule, amount)
    if rule.plus_extras:
        total, added = _plus_extras(total, case)
        more.append(added)
    outcome = FeeOutcome.AMOUNT if total else FeeOutcome.FREE
    told = Explanation(total, rule.clause, inputs_of(case), (*steps, *more))
    return Price(outcome, total, told, with_extras=rule.plus_extras)


def _plus_extras(amount: Decimal, case: Circumstances) -> tuple[Decimal, str]:
    """The amount with the extra costs of the booking, and the step that says so."""
    if not case.extras:
        return amount, "Extra costs recorded for the booking are added: none."
    total = to_pence(amount + case.all_extras)
    return total, f"{PLUS_EXTRAS} {pounds(case.all_extras)}, that is {pounds(total)}."


def extras_within(kind: ChargeKind, told: Explanation) -> tuple[str, ...]:
    """What the extra costs in a charge are for and how much each is: "Interpreter, £50.00"; none if it has none."""
    if kind is not ChargeKind.EXTRAS and not any(one.startswith(PLUS_EXTRAS) for one in told.steps):
        return ()
    return tuple(value for label, value in told.inputs if label == EXTRA_COST)


def _limited(rule: PriceRule, amount: Decimal) -> tuple[Decimal, list[str]]:
    """Less what was paid before, then the lowest and the highest amount, then rounded."""
    steps = []
    if rule.less:
        amount = max(NOTHING, amount - rule.less)
        steps.append(f"Less {pounds(rule.less)}, that is {pounds(amount)}.")
    if rule.at_least is not None and amount < rule.at_least:
        amount = to_pence(rule.at_least)
        steps.append(f"The fee is at least {pounds(amount)}.")
    if rule.at_most is not None and amount > rule.at_most:
        amount = to_pence(rule.at_most)
        steps.append(f"The fee is at most {pounds(amount)}.")
    whole = rounded(amount, rule.rounding)
    if whole != amount:
        how = rule.rounding.label
        steps.append(f"Rounded {how[0].lower()}{how[1:]}, that is {pounds(whole)}.")
    return whole, steps
