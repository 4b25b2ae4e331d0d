"""What ratings say: how many answered, the mean, and the paired change with its uncertainty.

Subscales stay apart, because knowledge can fall while confidence rises. A rating given before and
one remembered afterwards are never one average: the caller names which it compares (domain.md 5).
Fewer than five people are hidden, so that nobody is recognised.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, sqrt
from statistics import fmean, stdev

from evaluation.rules.states import Subscale
from partnerships.rules.choice import Choice

SMALLEST_GROUP = 5

# Two-sided 95% points of Student's t for 1 to 30 degrees of freedom.
T_95 = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)
Z_95 = 1.959964


class Moment(Choice):
    """When a rating was given, and about when."""

    BEFORE = "before", "rated before the event"
    THEN = "then", "remembered after the event"
    AFTER = "after", "rated after the event"
    LATER = "later", "rated some months later"


@dataclass(frozen=True)
class Rating:
    """One person's answer to one question at one moment."""

    person: str
    question: str
    subscale: Subscale
    moment: Moment
    value: float


@dataclass(frozen=True)
class Summary:
    """``n`` answers of ``asked``; ``mean`` is None when nobody answered or the group is hidden."""

    n: int
    asked: int
    mean: float | None
    hidden: bool


@dataclass(frozen=True)
class Change:
    """Mean paired change with its 95% interval; every figure is None when ``hidden``."""

    n: int
    before: float | None
    after: float | None
    mean: float | None
    low: float | None
    high: float | None
    hidden: bool


def t_quantile(degrees: int) -> float:
    """The two-sided 95% point of t; beyond the table the Cornish-Fisher series (error < 0.001)."""
    if degrees < 1:
        return inf
    if degrees <= len(T_95):
        return T_95[degrees - 1]
    z = Z_95
    return z + (z**3 + z) / (4 * degrees) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)


def summarise(values: Sequence[float], asked: int) -> Summary:
    """The mean of a question or subscale, hidden for small groups."""
    n = len(values)
    hidden = n < SMALLEST_GROUP
    return Summary(n, asked, None if hidden else fmean(values), hidden)


def paired_change(pairs: Sequence[tuple[float, float]]) -> Change:
    """The mean of each person's own difference, with the interval from the paired t-test."""
    n = len(pairs)
    if n < SMALLEST_GROUP:
        return Change(n, None, None, None, None, None, hidden=True)
    differences = [after - before for before, after in pairs]
    before, after = (fmean(column) for column in zip(*pairs, strict=True))
    return change_from(n, before, after, stdev(differences))


def change_from(n: int, before: float, after: float, spread: float | None) -> Change:
    """The same from sums that a database has made; ``spread`` is the sample standard deviation of
    the differences, None where there are fewer than two."""
    if n < SMALLEST_GROUP or spread is None:
        return Change(n, None, None, None, None, None, hidden=True)
    mean = after - before
    margin = t_quantile(n - 1) * spread / sqrt(n)
    return Change(n, before, after, mean, mean - margin, mean + margin, hidden=False)


def summary_from(n: int, asked: int, mean: float) -> Summary:
    """:func:`summarise` for a mean that a database has made."""
    hidden = n < SMALLEST_GROUP
    return Summary(n, asked, None if hidden else mean, hidden)


def changes(
    ratings: Iterable[Rating], before: Moment, after: Moment
) -> tuple[tuple[Subscale, Change], ...]:
    """The change of each subscale between two named moments.

    A person counts with the questions answered at both moments, averaged, so that a question left
    out once cannot pass for a change.
    """
    if before is after:
        raise ValueError("Compare two different moments.")
    values: dict[tuple[Subscale, str, str], dict[Moment, float]] = defaultdict(dict)
    for rating in ratings:
        values[rating.subscale, rating.person, rating.question][rating.moment] = rating.value
    people: dict[Subscale, dict[str, list[tuple[float, float]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for (subscale, person, _question), at in values.items():
        if before in at and after in at:
            people[subscale][person].append((at[before], at[after]))
    return tuple(
        (subscale, paired_change([_averaged(pairs) for pairs in people[subscale].values()]))
        for subscale in Subscale
        if subscale in people
    )


def _averaged(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return fmean(before for before, _ in pairs), fmean(after for _, after in pairs)
