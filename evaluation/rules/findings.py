"""Findings: which figures of a scale are shown side by side, and in which sentences."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from evaluation.rules.statistics import Moment, PairedChange


@dataclass(frozen=True)
class Figure:
    """The change of the same people between two moments, or the level at one."""

    first: Moment
    second: Moment | None = None

    @property
    def moments(self) -> tuple[Moment, ...]:
        return (self.first,) if self.second is None else (self.first, self.second)

    @property
    def label(self) -> str:
        """Before the event and after it."""
        return " and ".join(moment.label for moment in self.moments)


CHANGED = Figure(Moment.BEFORE, Moment.AFTER)
CHANGED_AS_REMEMBERED = Figure(Moment.THEN, Moment.AFTER)
AFTERWARDS = Figure(Moment.AFTER)
LASTED = Figure(Moment.BEFORE, Moment.LATER)
LATER_ON = Figure(Moment.LATER)
NOTHING = 1e-9  # rounding errors count as no change
FIGURES = (CHANGED, CHANGED_AS_REMEMBERED, AFTERWARDS, LASTED, LATER_ON)


@dataclass(frozen=True)
class Shown:
    """A figure that is shown, with the means of its moments or, if those must not be shown, only the change."""

    figure: Figure
    with_means: bool


def shown(there: Collection[Figure]) -> tuple[Shown, ...]:
    """The figures of one scale that a report shows, out of those that have answers.

    The ratings of one moment are published for only one set of people. If the mean "after" were shown for everyone
    who answered, and again for those who also answered before, the difference would be the answer of the person who
    did not. So the true comparison has the means, otherwise the remembered one, otherwise the level alone. Every
    other comparison shows only the change, which includes a moment that no other figure shows.
    """
    means = next(
        (one for one in (CHANGED, CHANGED_AS_REMEMBERED, AFTERWARDS) if one in there), None
    )
    found = [Shown(one, one == means) for one in (CHANGED, CHANGED_AS_REMEMBERED) if one in there]
    if means == AFTERWARDS:
        found.append(Shown(AFTERWARDS, with_means=True))
    if LASTED in there:
        found.append(Shown(LASTED, with_means=False))
    elif LATER_ON in there:
        found.append(Shown(LATER_ON, with_means=True))
    return tuple(found)


def change_sentence(name: str, change: PairedChange, one: Shown, left_out: int = 0) -> str:
    """Knowledge fell by 0.4 (95% interval -0.6 to -0.2), from 3.4 to 3.0; n = 31, before ...

    If the interval includes 0, the sentence says that the change may be chance: no rise is claimed from noise.
    """
    interval = f"95% interval {_figure(change.low)} to {_figure(change.high)}"
    means = f", from {_figure(change.before)} to {_figure(change.after)}" if one.with_means else ""
    grounds = f"n = {change.n:,}{not_counted(left_out)}, {one.figure.label}"
    return f"{name} {_verdict(change)} ({interval}){means}; {grounds}."


def level_sentence(name: str, n: int, mean: float, one: Shown, left_out: int = 0) -> str:
    """Satisfaction was rated 4.3 on average after the event; n = 31."""
    rated = f"{name} was rated {_figure(mean)} on average {one.figure.label}"
    return f"{rated}; n = {n:,}{not_counted(left_out)}."


def not_counted(left_out: int) -> str:
    """How many more answers there are that a figure does not count, in brackets; empty if there are none."""
    return f" ({left_out:,} more not counted)" if left_out else ""


def _verdict(change: PairedChange) -> str:
    size = f"{abs(change.mean):.1f}"
    if abs(change.mean) < NOTHING:
        return "did not change"
    if size == "0.0":
        size = "less than 0.1"
    moved = f"{'rose' if change.mean > 0 else 'fell'} by {size}"
    return moved if change.low > 0 or change.high < 0 else f"{moved}, which may be chance"


def _figure(value: float) -> str:
    """One decimal, a true minus sign, and no minus before 0.0."""
    text = f"{value:.1f}"
    return "0.0" if text == "-0.0" else text.replace("-", "−")
