"""What the statement ``RATED`` in ``reports/ratings_sql.py`` adds up, person by person.

The database does it for the pages, because a training year has more answers than a page can wait for. This is the
specification; one test feeds both the same answers and compares every sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from evaluation.rules.findings import FIGURES, Figure
from evaluation.rules.states import Subscale
from evaluation.rules.statistics import Moment, Sums

Scale = tuple[Subscale, int, int]
THEN_ENDINGS = ("-then", "_then")


@dataclass(frozen=True)
class Rating:
    """One answer of someone who came: to a question on a scale, at one moment, about one event."""

    person: int
    event: int
    key: str
    scale: Scale
    moment: Moment
    value: int

    @property
    def question(self) -> str:
        """What links the moments: a question that looks back goes with the question it looks back to."""
        if self.moment is not Moment.THEN:
            return self.key
        ending = next((one for one in THEN_ENDINGS if self.key.endswith(one)), "")
        return self.key.removesuffix(ending)


def sums_of(ratings: Iterable[Rating]) -> dict[tuple[int, Scale, Figure], Sums]:
    """By event, scale and figure: everyone counts once, with the mean of the questions answered.

    A change uses only the questions answered at both moments, so that a skipped question does not look like a change.
    """
    people: dict[tuple[int, Scale, int], dict[Moment, dict[str, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for one in ratings:
        people[one.event, one.scale, one.person][one.moment][one.question] = one.value
    found: dict[tuple[int, Scale, Figure], Sums] = defaultdict(Sums)
    for (event, scale, _person), at in people.items():
        for figure in FIGURES:
            made = _sums_of_one(figure, at)
            if made is not None:
                found[event, scale, figure] += made
    return dict(found)


def _sums_of_one(figure: Figure, at: dict[Moment, dict[str, int]]) -> Sums | None:
    """What one person adds to a figure; None if an answer is missing for it."""
    first, second = figure.first, figure.second
    if second is None:
        return Sums(1, fmean(at[first].values())) if first in at else None
    both = at.get(first, {}).keys() & at.get(second, {}).keys()
    if not both:
        return None
    before, after = (fmean(at[moment][key] for key in both) for moment in (first, second))
    return Sums(1, before, after, (after - before) ** 2)
