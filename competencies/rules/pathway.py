"""How far someone is along a training pathway, usually of two years (seed 004)."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from bookings.rules.metrics import Rate
from partnerships.rules.months import add_months


@dataclass(frozen=True)
class Step:
    """One course of a pathway, in the pathway's order."""

    course: str
    title: str
    optional: bool = False


@dataclass(frozen=True)
class Progress:
    """Steps done, the next one to take, what else remains, and what is optional."""

    done: tuple[Step, ...]
    next: Step | None
    remaining: tuple[Step, ...]
    optional: tuple[Step, ...]
    finish_by: date
    late: bool

    @property
    def finished(self) -> bool:
        """Whether every step that is not optional is done."""
        return not self.remaining

    @property
    def rate(self) -> Rate:
        """Required steps done, of all required."""
        done = sum(not step.optional for step in self.done)
        return Rate(done, done + len(self.remaining))


def progress(
    steps: tuple[Step, ...],
    completed: Set[str],
    started_on: date,
    today: date,
    months: int = 24,
) -> Progress:
    """How far someone is. Steps can be done out of order; the next one is the first that is open."""
    open_steps = tuple(step for step in steps if step.course not in completed)
    remaining = tuple(step for step in open_steps if not step.optional)
    finish_by = add_months(started_on, months)
    return Progress(
        done=tuple(step for step in steps if step.course in completed),
        next=remaining[0] if remaining else None,
        remaining=remaining,
        optional=tuple(step for step in open_steps if step.optional),
        finish_by=finish_by,
        late=bool(remaining) and today > finish_by,
    )
