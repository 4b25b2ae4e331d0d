"""What people said before, after and some months later, and what changed: two queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from bookings.rules.metrics import Rate
from evaluation.reports.ratings_sql import ASKED, RATED, rows_of
from evaluation.reports.slices import Slice
from evaluation.rules.findings import Figure, Shown, shown
from evaluation.rules.pairing import Scale
from evaluation.rules.publication import (
    Batch,
    Cell,
    EventSoFar,
    Groups,
    cell_of,
    groups_of,
)
from evaluation.rules.states import Stage, Subscale
from evaluation.rules.statistics import Moment, PairedChange, Sums, change_of, total
from partnerships.models import active_partnership
from partnerships.rules.months import training_quarters
from partnerships.rules.reasons import Reason

# The stage whose answers complete a figure: earlier ones can no longer come in after it.
COMPLETED_AT = {Moment.AFTER: Stage.IMMEDIATE, Moment.LATER: Stage.IMPACT}


@dataclass(frozen=True)
class AskedRow:
    """One event and stage; no stage if no one has been asked yet."""

    event: int
    course: int
    ends_at: datetime
    register_closed_at: datetime | None
    stage: str
    asked: int
    answered: int
    still_open: int


@dataclass(frozen=True)
class RatedRow:
    """One event, scale and figure; ``people`` if they are few."""

    event: int
    subscale: str
    lowest: int
    highest: int
    first: str
    second: str
    n: int
    before: float
    after: float
    squares: float
    people: list[int] | None

    @property
    def scale(self) -> Scale:
        return Subscale(self.subscale), self.lowest, self.highest

    @property
    def figure(self) -> Figure:
        return Figure(Moment(self.first), Moment(self.second) if self.second else None)

    @property
    def batch(self) -> Batch:
        sums = Sums(self.n, self.before, self.after, self.squares)
        return Batch(self.event, sums, frozenset(self.people or ()))


@dataclass(frozen=True)
class StageSoFar:
    """One stage in a cell: how its answers are grouped, and how many were asked once all answers are in."""

    groups: Groups
    asked: int


@dataclass(frozen=True)
class Result:
    """One figure of a scale: ``n`` of those ``asked``, or the reason why there is none.

    ``left_out`` are answers that are in but do not count here.
    """

    shown: Shown
    asked: int
    sums: Sums
    left_out: int
    reason: Reason | None

    @property
    def change(self) -> PairedChange | None:
        """The paired change, if the figure compares two moments and may be shown."""
        if self.reason is not None or self.shown.figure.second is None:
            return None
        return change_of(self.sums)

    @property
    def means(self) -> tuple[tuple[Moment, float | None], ...]:
        """The mean at each moment of the figure if it shows means; None if they may not be shown."""
        if not self.shown.with_means:
            return ()
        sums = (self.sums.first, self.sums.second)
        return tuple(
            (moment, None if self.reason else value / self.sums.n)
            for moment, value in zip(self.shown.figure.moments, sums, strict=False)
        )


@dataclass(frozen=True)
class Finding:
    """One subscale on one scale."""

    subscale: Subscale
    lowest: int
    highest: int
    results: tuple[Result, ...]

    @property
    def title(self) -> str:
        return f"{self.subscale.label}, {self.lowest} to {self.highest}"


@dataclass(frozen=True)
class Ratings:
    """``responses`` are answers of people asked, by stage; ``reason``: why no findings are published."""

    responses: dict[Stage, Rate]
    findings: tuple[Finding, ...]
    reason: Reason | None = None


def ratings(chosen: Slice, today: date) -> Ratings:
    """The evaluation part of a report, as far as it may be published."""
    cell = cell_of(
        chosen.first,
        chosen.last,
        active_partnership().training_year_start_month,
        of_event=chosen.event is not None,
        of_course=chosen.course is not None,
        is_narrowed=chosen.of_some_agencies,
    )
    if chosen.of_some_agencies:
        return Ratings({}, (), cell if isinstance(cell, Reason) else None)
    asked = rows_of(AskedRow, ASKED, chosen.parameters())
    responses = dict(responses_of(asked))
    if isinstance(cell, Reason):
        return Ratings(responses, (), cell)
    events = events_of(asked, today)
    by_stage = {
        stage: stage_so_far(stage, asked, events, cell, today) for stage in COMPLETED_AT.values()
    }
    rated = rows_of(RatedRow, RATED, chosen.parameters())
    return Ratings(responses, tuple(findings_of(rated, by_stage)))


def responses_of(rows: list[AskedRow]) -> Iterable[tuple[Stage, Rate]]:
    """How many of those asked have answered, for events whose register is closed."""
    for stage in Stage:
        own = [row for row in rows if row.stage == stage and row.register_closed_at is not None]
        rate = Rate(sum(row.answered for row in own), sum(row.asked for row in own))
        if rate.whole:
            yield stage, rate


def events_of(rows: list[AskedRow], today: date) -> dict[int, EventSoFar]:
    """Every event of the cell. It is closed the day after its register, when everyone who came has been asked."""
    month = active_partnership().training_year_start_month
    found: dict[int, EventSoFar] = {}
    for row in rows:
        if row.event in found:
            continue
        last_day, closed_at = timezone.localdate(row.ends_at), row.register_closed_at
        quarters = training_quarters(last_day, month)
        found[row.event] = EventSoFar(
            event=row.event,
            course=row.course,
            quarter_ends=next(last for _, last in quarters if last_day <= last),
            year_ends=quarters[-1][1],
            is_closed=closed_at is not None and timezone.localdate(closed_at) < today,
        )
    return found


def stage_so_far(
    stage: Stage, rows: list[AskedRow], events: Mapping[int, EventSoFar], cell: Cell, today: date
) -> StageSoFar:
    """The events at one stage: an event stays open while anyone can still answer."""
    own = [row for row in rows if row.stage == stage]
    still_open = {row.event for row in own if row.still_open}
    at_stage = [
        replace(one, is_closed=one.is_closed and one.event not in still_open)
        for one in events.values()
    ]
    closed = {one.event for one in at_stage if one.is_closed}
    asked = sum(row.asked for row in own if row.event in closed)
    return StageSoFar(groups_of(at_stage, cell, today), asked)


def findings_of(rows: list[RatedRow], stages: Mapping[Stage, StageSoFar]) -> Iterable[Finding]:
    """The lines put together by scale, in the order of the subscales."""
    by_scale: dict[Scale, dict[Figure, list[Batch]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        by_scale[row.scale][row.figure].append(row.batch)
    order = list(Subscale)
    for scale in sorted(by_scale, key=lambda one: (order.index(one[0]), *one[1:])):
        there = by_scale[scale]
        results = (
            result_of(each, there[each.figure], stages[COMPLETED_AT[each.figure.moments[-1]]])
            for each in shown(there)
        )
        yield Finding(*scale, tuple(results))


def result_of(each: Shown, batches: list[Batch], stage: StageSoFar) -> Result:
    """What may be shown of one figure."""
    counted, left_out = stage.groups.publishable(batches)
    return Result(
        shown=each,
        asked=stage.asked,
        sums=total([batch.sums for batch in counted]),
        left_out=sum(batch.sums.n for batch in left_out),
        reason=None if counted else stage.groups.why_nothing_counts(left_out),
    )
