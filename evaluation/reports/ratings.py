"""What people said before, after and some months later, and what changed: one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from bookings.rules.metrics import Rate
from evaluation.reports.ratings_sql import RATINGS
from evaluation.reports.slices import Slice
from evaluation.rules.findings import change_sentence
from evaluation.rules.states import Stage, Subscale
from evaluation.rules.statistics import Change, Moment, Summary, change_from, summary_from

# At which stage the ratings of a moment were given.
ASKED_AT = {
    Moment.BEFORE: Stage.BASELINE,
    Moment.THEN: Stage.IMMEDIATE,
    Moment.AFTER: Stage.IMMEDIATE,
    Moment.LATER: Stage.IMPACT,
}


@dataclass(frozen=True)
class Row:
    """One line of the statement; what ``before`` holds depends on its kind."""

    line: str
    subscale: str
    lowest: int
    highest: int
    first: str
    second: str
    n: int
    before: float
    after: float
    spread: float | None

    @property
    def scale(self) -> tuple[str, int, int]:
        """Ratings that may be averaged together."""
        return self.subscale, self.lowest, self.highest


@dataclass(frozen=True)
class Shift:
    """The paired change between two moments, and the sentence that says it."""

    first: Moment
    second: Moment
    change: Change
    sentence: str

    @property
    def label(self) -> str:
        """Rated before the event, then after the event."""
        return f"{self.first.label.capitalize()}, then {self.second.label}"


@dataclass(frozen=True)
class Finding:
    """One subscale on one scale: its level at each moment and its changes."""

    subscale: Subscale
    lowest: int
    highest: int
    levels: tuple[tuple[Moment, Summary], ...]
    shifts: tuple[Shift, ...]

    @property
    def title(self) -> str:
        return f"{self.subscale.label}, {self.lowest} to {self.highest}"


@dataclass(frozen=True)
class Ratings:
    """``responses`` are answers of people asked, by stage."""

    responses: dict[Stage, Rate]
    findings: tuple[Finding, ...]


def ratings(chosen: Slice) -> Ratings:
    """The evaluation part of a report."""
    with connection.cursor() as cursor:
        cursor.execute(RATINGS, chosen.parameters())
        rows = [Row(*row) for row in cursor.fetchall()]
    responses = {
        Stage(row.subscale): Rate(int(row.before), row.n) for row in rows if row.line == "asked"
    }
    ordered = {stage: responses[stage] for stage in Stage if stage in responses}
    return Ratings(responses=ordered, findings=tuple(findings_of(rows, ordered)))


def findings_of(rows: list[Row], responses: dict[Stage, Rate]) -> Iterable[Finding]:
    """The lines put together by scale, in the order of the subscales."""
    order = list(Subscale)
    scales = {row.scale for row in rows if row.line != "asked"}
    for scale in sorted(scales, key=lambda one: (order.index(Subscale(one[0])), *one[1:])):
        own = [row for row in rows if row.scale == scale]
        name = Subscale(scale[0])
        yield Finding(
            subscale=name,
            lowest=scale[1],
            highest=scale[2],
            levels=tuple(levels_of(own, responses)),
            shifts=tuple(shifts_of(own, name)),
        )


def levels_of(rows: list[Row], responses: dict[Stage, Rate]) -> Iterable[tuple[Moment, Summary]]:
    """The level at each moment that was asked about."""
    found = {Moment(row.first): row for row in rows if row.line == "level"}
    for moment in Moment:
        if moment in found:
            row, rate = found[moment], responses.get(ASKED_AT[moment])
            yield moment, summary_from(row.n, rate.whole if rate else row.n, row.before)


def shifts_of(rows: list[Row], name: Subscale) -> Iterable[Shift]:
    """Changes, true baselines first; those remembered afterwards are never mixed in."""
    order = list(Moment)
    changes = [row for row in rows if row.line == "change"]
    for row in sorted(
        changes, key=lambda one: (order.index(Moment(one.first)), order.index(Moment(one.second)))
    ):
        first = Moment(row.first)
        change = change_from(row.n, row.before, row.after, row.spread)
        yield Shift(first, Moment(row.second), change, change_sentence(name.label, change, first))
