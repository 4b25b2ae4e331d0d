"""What ratings say: how many people, the mean, and the paired change with its uncertainty.

Subscales stay apart, because knowledge can fall while confidence rises. A rating given before and
one remembered afterwards are never one average: a figure names the moments it compares
(docs/domain/rules.md, evaluation).
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from functools import reduce
from math import inf, sqrt
from operator import add

from govuk.rules.choice import Choice

# Two-sided 95% points of Student's t for 1 to 30 degrees of freedom.
T_95 = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)
Z_95 = 1.959964


class Moment(Choice):
    """The time that a rating is about, and when it was given."""

    BEFORE = "before", "before the event"
    THEN = "then", "before (as remembered afterwards)"
    AFTER = "after", "after the event"
    LATER = "later", "some months later"


@dataclass(frozen=True)
class Sums:
    """People, the sums of their first and second ratings, and of the squared differences.

    Sums can be added up; means and intervals cannot. ``second`` and ``squares`` are 0 for a level at one
    moment.
    """

    n: int = 0
    first: float = 0.0
    second: float = 0.0
    squares: float = 0.0

    def __add__(self, other: Sums) -> Sums:
        return Sums(*map(add, astuple(self), astuple(other)))


@dataclass(frozen=True)
class PairedChange:
    """Mean paired change of ``n`` people with its 95% interval."""

    n: int
    before: float
    after: float
    low: float
    high: float

    @property
    def mean(self) -> float:
        return self.after - self.before


def total(parts: list[Sums]) -> Sums:
    """All parts added up."""
    return reduce(add, parts, Sums())


def change_of(sums: Sums) -> PairedChange:
    """The mean of each person's own difference, with the interval of the paired t-test. Needs at least two people."""
    before, after = sums.first / sums.n, sums.second / sums.n
    mean = after - before
    # Rounding can make a spread of zero slightly negative.
    variance = max(sums.squares - sums.n * mean * mean, 0.0) / (sums.n - 1)
    margin = t_quantile(sums.n - 1) * sqrt(variance / sums.n)
    return PairedChange(sums.n, before, after, mean - margin, mean + margin)


def t_quantile(degrees: int) -> float:
    """The two-sided 95% point of t; beyond the table, the Cornish-Fisher series (error < 0.001)."""
    if degrees < 1:
        return inf
    if degrees <= len(T_95):
        return T_95[degrees - 1]
    z = Z_95
    return z + (z**3 + z) / (4 * degrees) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)
