"""What something costs: the most specific line of the price list, with its clause and arithmetic.

A line names only what it depends on. A line for one course beats any general line, then one for the
payer's class, then for a group, then for an event type, then the tightest late tier. A line for a
course that names no payer class applies to everyone, including partners.
No line at all, or two equal lines that disagree, is a decision for a person: the policies have
gaps (seed 003 says nothing of charities that do not contribute, W31).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bookings.rules.money import NOTHING, percent_of, pounds, to_pence
from courses.rules.prices import ChargeKind, FeeBase, FeeOutcome
from courses.rules.states import EventType
from govuk.rules.choice import Choice
from govuk.rules.phrases import counted
from partnerships.rules.agencies import PayerClass
from partnerships.rules.reasons import Explanation


@dataclass(frozen=True)
class PriceRule:
    """One line. None means any; ``notice_under`` N applies when fewer than N units were left.

    ``amount`` is pounds, or a percentage with the base "per cent of the attendance fee".
    """

    kind: ChargeKind
    outcome: FeeOutcome
    amount: Decimal = NOTHING
    clause: str = ""
    payer_class: str | None = None
    event_type: str | None = None
    group: str | None = None
    course: str | None = None
    notice_under: int | None = None
    base: FeeBase = FeeBase.FLAT

    def __post_init__(self) -> None:
        percentage = self.base is FeeBase.PERCENT_OF_ATTENDANCE
        if percentage and self.kind is ChargeKind.ATTENDANCE:
            raise ValueError("An attendance fee cannot be a share of itself.")

    def applies_to(self, case: Circumstances) -> bool:
        """Whether everything that the line names matches."""
        named = (
            (self.kind, case.kind),
            (self.payer_class, case.payer_class),
            (self.event_type, case.event_type),
            (self.group, case.group),
            (self.course, case.course),
        )
        if any(wanted is not None and wanted != given for wanted, given in named):
            return False
        if self.notice_under is None:
            return True
        return case.notice_left is not None and case.notice_left < self.notice_under

    @property
    def rank(self) -> tuple[bool, bool, bool, bool, float]:
        """A bigger rank is more specific."""
        return (
            self.course is not None,
            self.payer_class is not None,
            self.group is not None,
            self.event_type is not None,
            -float("inf") if self.notice_under is None else -self.notice_under,
        )

    @property
    def says(self) -> tuple[FeeOutcome, Decimal, FeeBase]:
        """What two lines must have in common to agree."""
        return self.outcome, self.amount, self.base


@dataclass(frozen=True)
class Names:
    """What people here call the course, the groups (by code) and groups as such. Decides nothing."""

    course: str = ""
    group_term: str = "Group"
    groups: Mapping[str, str] = field(default_factory=dict, hash=False)

    def group(self, code: str) -> str:
        """The group's name; its code if it has no name."""
        return self.groups.get(code, code)


UNNAMED = Names()


@dataclass(frozen=True)
class Circumstances:
    """What a price depends on. ``half_days`` is the event's length.

    ``notice_left`` counts policy units; ``notice_unit`` and ``names`` are for people and decide nothing.
    """

    kind: ChargeKind
    payer_class: str
    event_type: str
    group: str
    course: str
    half_days: int = 1
    notice_left: int | None = None
    notice_unit: str = ""
    names: Names = UNNAMED


@dataclass(frozen=True)
class Price:
    """Free, an amount in pounds, or a decision to take; always with the grounds."""

    outcome: FeeOutcome
    amount: Decimal
    explanation: Explanation


def price_for(case: Circumstances, rules: Iterable[PriceRule]) -> Price:
    """The price of these circumstances by these lines, whatever order they come in."""
    lines = tuple(rules)
    fitting = [rule for rule in lines if rule.applies_to(case)]
    if not fitting:
        return to_decide(case, "", "No line of the price list covers this case.")
    top = max(rule.rank for rule in fitting)
    best = sorted((rule for rule in fitting if rule.rank == top), key=lambda rule: rule.clause)
    if len({rule.says for rule in best}) > 1:
        clauses = "; ".join(rule.clause for rule in best)
        return to_decide(
            case, clauses, "Two lines of the price list apply equally but give different amounts."
        )
    return _apply(best[0], case, lines)


def free(case: Circumstances, clause: str, why: str) -> Price:
    """Nothing to pay, and why."""
    return Price(FeeOutcome.FREE, NOTHING, Explanation(NOTHING, clause, inputs_of(case), (why,)))


def to_decide(case: Circumstances, clause: str, why: str) -> Price:
    """A person has to decide, and why."""
    return Price(FeeOutcome.DECISION, NOTHING, Explanation(None, clause, inputs_of(case), (why,)))


def inputs_of(case: Circumstances) -> tuple[tuple[str, str], ...]:
    """The circumstances as labels and values for people."""
    inputs = [
        ("Charge", case.kind.label),
        ("Payer", _label(PayerClass, case.payer_class)),
        ("Type of event", _label(EventType, case.event_type)),
        (case.names.group_term, case.names.group(case.group)),
        ("Course", case.names.course or case.course),
    ]
    if case.notice_left is not None:
        inputs.append(("Notice given", f"{case.notice_left} {case.notice_unit}".strip()))
    return tuple((label, value) for label, value in inputs if value)


def _apply(rule: PriceRule, case: Circumstances, lines: Sequence[PriceRule]) -> Price:
    if rule.outcome is FeeOutcome.FREE:
        return free(case, rule.clause, "This is free of charge.")
    if rule.outcome is FeeOutcome.DECISION:
        return to_decide(
            case, rule.clause, "The price list leaves this case for a person to decide."
        )
    if rule.base is FeeBase.PERCENT_OF_ATTENDANCE:
        return _share_of_attendance(rule, case, lines)
    amount, step = _multiplied(rule, case)
    return _amount(rule, case, amount, (step,))


def _multiplied(rule: PriceRule, case: Circumstances) -> tuple[Decimal, str]:
    """The flat amount, or the amount times days or half days; if days count, a half day is a whole day."""
    if rule.base is FeeBase.FLAT:
        return to_pence(rule.amount), f"A flat fee of {pounds(rule.amount)}."
    days = (case.half_days + 1) // 2
    number, noun = (days, "day") if rule.base is FeeBase.PER_DAY else (case.half_days, "half day")
    amount = to_pence(rule.amount * number)
    return amount, f"{counted(number, noun)} at {pounds(rule.amount)} comes to {pounds(amount)}."


def _share_of_attendance(rule: PriceRule, case: Circumstances, lines: Sequence[PriceRule]) -> Price:
    whole = price_for(replace(case, kind=ChargeKind.ATTENDANCE, notice_left=None), lines)
    if whole.outcome is FeeOutcome.DECISION:
        return to_decide(
            case, rule.clause, "This is a share of the attendance fee, which has not been decided."
        )
    amount = percent_of(whole.amount, rule.amount)
    share = f"{rule.amount.normalize():f}% of the attendance fee"
    step = f"{share}, {pounds(whole.amount)}, comes to {pounds(amount)}."
    return _amount(rule, case, amount, (*whole.explanation.steps, step))


def _amount(rule: PriceRule, case: Circumstances, amount: Decimal, steps: tuple[str, ...]) -> Price:
    """A line that comes to nothing is free, because an invoice for £0.00 helps no one."""
    outcome = FeeOutcome.AMOUNT if amount else FeeOutcome.FREE
    return Price(outcome, amount, Explanation(amount, rule.clause, inputs_of(case), steps))


def _label(choice: type[Choice], value: str) -> str:
    return next((member.label for member in choice if member == value), value)
