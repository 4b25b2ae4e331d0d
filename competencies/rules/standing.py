"""Whether someone's learning is up to date: worked out from records, never stored.

The strictest requirement wins. On a ladder of levels only the highest has to be kept current
(W39). Only courses mapped to a requirement renew it, because an ordinary refresher may not
count for everyone (Plymouth says this about early years).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from govuk.rules.choice import Choice
from govuk.rules.phrases import short_date
from partnerships.rules.months import add_months

SOON_DAYS = 90


class RequirementStanding(Choice):
    """How far a requirement is met, best first."""

    CURRENT = "current", "Up to date"
    DUE_SOON = "due_soon", "Due soon"
    OVERDUE = "overdue", "Overdue"
    NEVER = "never", "Not yet done"


COMPLIANT = frozenset({RequirementStanding.CURRENT, RequirementStanding.DUE_SOON})


@dataclass(frozen=True)
class Completion:
    """Learning completed on a day. Minutes count if hours are required."""

    course: str
    completed_on: date
    minutes: int = 0
    participatory: bool = True


@dataclass(frozen=True)
class RequirementRule:
    """What is needed: any of ``courses``, renewed every ``months`` months (None: only once).

    With ``minutes``, the courses' time within the interval must add up to them, of which
    ``participatory_percent`` with other people. ``ladder`` and ``rung`` place it among levels.
    """

    code: str
    title: str
    courses: frozenset[str]
    months: int | None = None
    minutes: int = 0
    participatory_percent: int = 0
    ladder: str = ""
    rung: int = 0


@dataclass(frozen=True)
class Position:
    """How someone meets a requirement: its last day, the last learning, and a sentence."""

    requirement: RequirementRule
    standing: RequirementStanding
    due_on: date | None
    last_on: date | None
    sentence: str


def position_of(
    requirement: RequirementRule,
    completions: Iterable[Completion],
    today: date,
    soon_days: int = SOON_DAYS,
) -> Position:
    """The standing for one requirement. The due date itself is still in time."""
    fitting = sorted(
        (
            one
            for one in completions
            if one.course in requirement.courses and one.completed_on <= today
        ),
        key=lambda one: one.completed_on,
        reverse=True,
    )
    last_on = fitting[0].completed_on if fitting else None
    good_from = _good_from(requirement, fitting)
    if good_from is None:
        return _position(requirement, RequirementStanding.NEVER, None, last_on)
    if requirement.months is None:
        return _position(requirement, RequirementStanding.CURRENT, None, last_on)
    due_on = add_months(good_from, requirement.months)
    standing = _standing(due_on, today, soon_days)
    return _position(requirement, standing, due_on, last_on)


def positions(
    requirements: Iterable[RequirementRule],
    completions: Iterable[Completion],
    today: date,
    soon_days: int = SOON_DAYS,
) -> tuple[Position, ...]:
    """Every requirement that applies to someone: the strictest of each code, the top rung of each ladder."""
    records = tuple(completions)
    needed = highest_rungs(strictest(requirements))
    return tuple(position_of(one, records, today, soon_days) for one in needed)


def strictest(requirements: Iterable[RequirementRule]) -> tuple[RequirementRule, ...]:
    """One requirement per code: the shortest interval, then the most time, then the most with other people."""
    best: dict[str, RequirementRule] = {}
    for one in sorted(requirements, key=_strictness):
        best.setdefault(one.code, one)
    return tuple(best[code] for code in sorted(best))


def highest_rungs(requirements: Iterable[RequirementRule]) -> tuple[RequirementRule, ...]:
    """Without the lower rungs of each ladder. Requirements on no ladder stay."""
    needed = tuple(requirements)
    top: dict[str, int] = {}
    for one in needed:
        top[one.ladder] = max(one.rung, top.get(one.ladder, one.rung))
    return tuple(one for one in needed if not one.ladder or one.rung == top[one.ladder])


def worst(found: Iterable[Position]) -> RequirementStanding | None:
    """The standing to show for a whole person; None when nothing is required."""
    order = list(RequirementStanding)
    return max((one.standing for one in found), key=order.index, default=None)


def _strictness(one: RequirementRule) -> tuple[float, int, int, str]:
    months = float("inf") if one.months is None else one.months
    return months, -one.minutes, -one.participatory_percent, one.title


def _good_from(requirement: RequirementRule, newest_first: Sequence[Completion]) -> date | None:
    """The day that the interval runs from: that of the oldest learning still needed to meet it.

    Counting back from the newest, it is the first record that completes the minutes and the participatory share;
    when that record is too old, the requirement lapses. None if it was never met.
    """
    together_needed = requirement.minutes * requirement.participatory_percent / 100
    minutes = together = 0
    for one in newest_first:
        minutes += one.minutes
        together += one.minutes if one.participatory else 0
        if minutes >= requirement.minutes and together >= together_needed:
            return one.completed_on
    return None


def _standing(due_on: date, today: date, soon_days: int) -> RequirementStanding:
    if today > due_on:
        return RequirementStanding.OVERDUE
    return (
        RequirementStanding.DUE_SOON
        if today + timedelta(days=soon_days) >= due_on
        else RequirementStanding.CURRENT
    )


def _position(
    requirement: RequirementRule,
    standing: RequirementStanding,
    due_on: date | None,
    last_on: date | None,
) -> Position:
    title = requirement.title
    if due_on is not None:
        late = standing is RequirementStanding.OVERDUE
        sentence = f"{title} {'was' if late else 'is'} due by {short_date(due_on)}."
    elif standing is RequirementStanding.CURRENT:
        sentence = f"{title} is complete and needs no renewal."
    else:
        sentence = f"{title} is not complete yet."
    return Position(requirement, standing, due_on, last_on, sentence)
