"""Which answers are published together, so that no one's answer can be worked out.

Readers can subtract one page from another: eight people with an agency, seven without it, and the eighth answer is
known. So answers are put into groups of at least five people, and every figure is the sum of whole groups. Whatever
a reader adds or subtracts, the result covers no one or at least five people.

A group is formed once and never changes, so this holds between the pages of two days as well. Groups are formed
from small to large:

- the answers about one event, once no one can answer about it any more;
- if those are too few, with the rest of the same course, once the training quarter is complete;
- what is left of a course, once the training year is complete;
- what is left of all courses, once the training year is complete.

What is too small even then is never published. ADR 0014 says what this does not protect against.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evaluation.rules.statistics import Sums
from govuk.rules.choice import Choice
from partnerships.rules.months import training_quarters, training_year
from partnerships.rules.reasons import Kind, Reason

SMALLEST_GROUP = 5


class Pool(Choice):
    """How small remainders are grouped, from small to large."""

    QUARTER = "quarter", "Course and training quarter"
    COURSE = "course", "Course and training year"
    YEAR = "year", "Training year"


@dataclass(frozen=True)
class Cell:
    """A part of the training that results are published for; ``pools`` are those inside it."""

    first: date
    last: date
    pools: tuple[Pool, ...] = ()


@dataclass(frozen=True)
class EventSoFar:
    """An event, the last days of its training quarter and year, and whether all answers to one stage are in."""

    event: int
    course: int
    quarter_ends: date
    year_ends: date
    is_closed: bool

    def pooled_by(self, pool: Pool) -> Hashable:
        """What the events of one pool have in common."""
        quarter = (self.course, self.quarter_ends)
        return {Pool.QUARTER: quarter, Pool.COURSE: self.course, Pool.YEAR: ()}[pool]

    def can_still_change(self, pool: Pool, today: date) -> bool:
        """Whether answers or further events can still come into the pool that it belongs to."""
        ends = self.quarter_ends if pool is Pool.QUARTER else self.year_ends
        return not self.is_closed or today <= ends


@dataclass(frozen=True)
class Batch:
    """The answers about one event that go into one figure.

    ``people`` says who gave them if they are fewer than five, because the same person may be among the few of
    another event. At one event everyone counts once.
    """

    event: int
    sums: Sums
    people: frozenset[int] = frozenset()


NARROWED = Reason(
    Kind.WARNS,
    "narrowed",
    "Answers are not split by agency or sector. By comparing two such pages, someone could work out one person’s "
    "answer.",
)
OTHER_DAYS = Reason(
    Kind.WARNS,
    "other_days",
    "Answers are only published for whole training quarters and training years.",
    "Choose one of these.",
)
TOO_FEW = Reason(Kind.WARNS, "too_few", "Fewer than five people have answered.")
STILL_OPEN = Reason(
    Kind.WARNS,
    "still_open",
    "Answers are counted once everyone asked about an event has answered, or the time to answer has ended.",
)
LEFT_OUT = Reason(
    Kind.WARNS,
    "left_out",
    "Left out, so that no one’s answer can be worked out. Small groups are counted together when the training "
    "quarter or year is complete.",
)


def cell_of(
    first: date, last: date, first_month: int, *, of_event: bool, of_course: bool, is_narrowed: bool
) -> Cell | Reason:
    """The cell that a report is about, or why there is none: only certain parts are published."""
    if is_narrowed:
        return NARROWED
    if of_event:
        return Cell(first, last)
    if (first, last) == training_year(first, first_month):
        pools = (Pool.QUARTER, Pool.COURSE) if of_course else tuple(Pool)
        return Cell(first, last, pools)
    if (first, last) in training_quarters(first, first_month):
        return Cell(first, last, (Pool.QUARTER,))
    return OTHER_DAYS


@dataclass(frozen=True)
class Groups:
    """How the answers of one stage are grouped in a cell.

    ``events`` are all events of the cell, by id, including those without answers and those whose register is open,
    because a pool is complete only when all are closed. ``unfinished`` are the pools that can still change.
    """

    cell: Cell
    events: Mapping[int, EventSoFar]
    unfinished: Mapping[Pool, frozenset[Hashable]]

    def publishable(self, batches: Iterable[Batch]) -> tuple[list[Batch], list[Batch]]:
        """The batches of one figure that count, and those left out."""
        counted: list[Batch] = []
        rest: list[Batch] = []
        for batch in batches:
            alone = self.events[batch.event].is_closed and is_enough([batch])
            (counted if alone else rest).append(batch)
        for pool in self.cell.pools:
            together: dict[Hashable, list[Batch]] = defaultdict(list)
            for batch in rest:
                together[self.events[batch.event].pooled_by(pool)].append(batch)
            rest = []
            for name, group in together.items():
                complete = name not in self.unfinished[pool]
                (counted if complete and is_enough(group) else rest).extend(group)
        return counted, rest

    def why_nothing_counts(self, left_out: Sequence[Batch]) -> Reason:
        """What to show instead of a figure."""
        if not is_enough(left_out):
            return TOO_FEW
        waits = any(not self.events[batch.event].is_closed for batch in left_out)
        return STILL_OPEN if waits else LEFT_OUT


def groups_of(events: Iterable[EventSoFar], cell: Cell, today: date) -> Groups:
    """Worked out once for all figures of a stage."""
    by_id = {each.event: each for each in events}
    unfinished = {
        pool: frozenset(
            each.pooled_by(pool) for each in by_id.values() if each.can_still_change(pool, today)
        )
        for pool in cell.pools
    }
    return Groups(cell, by_id, unfinished)


def is_enough(group: Iterable[Batch]) -> bool:
    """Whether at least five different people are in it."""
    batches = list(group)
    if any(batch.sums.n >= SMALLEST_GROUP for batch in batches):
        return True
    return len(frozenset().union(*(batch.people for batch in batches))) >= SMALLEST_GROUP
