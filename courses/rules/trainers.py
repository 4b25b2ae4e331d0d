"""Whether a session has the trainers that quality assurance asks for (seed 001, W51)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from govuk.rules.phrases import counted, short_date
from partnerships.rules.reasons import Kind, Reason


@dataclass(frozen=True)
class TrainerFacts:
    """A trainer as the rule sees one; ``qualified_until`` None means it does not lapse."""

    name: str
    safeguarding_background: bool
    qualified_until: date | None = None


@dataclass(frozen=True)
class TrainerRule:
    """How many trainers a session needs, and how many with a current safeguarding background."""

    minimum: int = 2
    safeguarding_needed: int = 1


def staffing_reasons(
    trainers: Sequence[TrainerFacts], rule: TrainerRule, on: date
) -> tuple[Reason, ...]:
    """What is missing on the session's day. A trainer whose qualification has lapsed counts as absent, and is named."""
    lapsed = [t for t in trainers if t.qualified_until is not None and t.qualified_until < on]
    able = [trainer for trainer in trainers if trainer not in lapsed]
    reasons = [
        _lapsed(trainer, trainer.qualified_until) for trainer in lapsed if trainer.qualified_until
    ]
    if len(able) < rule.minimum:
        reasons.append(_too_few(len(able), rule.minimum))
    if sum(trainer.safeguarding_background for trainer in able) < rule.safeguarding_needed:
        reasons.append(_no_background(rule.safeguarding_needed))
    return tuple(reasons)


def _lapsed(trainer: TrainerFacts, until: date) -> Reason:
    sentence = f"{trainer.name}’s qualification expired on {short_date(until)}."
    return Reason(Kind.WARNS, "qualification_lapsed", sentence, "Renew it or ask another trainer.")


def _too_few(have: int, need: int) -> Reason:
    sentence = f"A session needs {counted(need, 'trainer')}; this one has {have}."
    return Reason(Kind.BLOCKS, "too_few_trainers", sentence, "Add a trainer.")


def _no_background(need: int) -> Reason:
    sentence = f"At least {counted(need, 'trainer')} must have a current safeguarding background."
    step = "Add a trainer who works in safeguarding."
    return Reason(Kind.BLOCKS, "no_safeguarding_background", sentence, step)
