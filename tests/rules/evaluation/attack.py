"""An attacker who has every figure, adds and subtracts them as he likes, and wants to know about a few people.

A figure is a sum over coordinates, each the rating of one person about one event at one moment. Whatever he works
out is a linear combination of figures. He learns something about fewer than five people when a combination is left
in which only they appear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations

PRIME = 2_147_483_647  # arithmetic without rounding

Coordinate = Hashable
Figure = Mapping[Coordinate, int]
Column = tuple[int, ...]


def given_away(
    figures: Iterable[Figure], owner: Mapping[Coordinate, int], enough: int = 5
) -> set[int]:
    """The fewer than ``enough`` people about whom the figures tell something; empty where there are none."""
    vectors = [dict(one) for one in {frozenset(each.items()) for each in figures}]
    coordinates = list({each for vector in vectors for each in vector})
    matrix = reduced([[vector.get(each, 0) for each in coordinates] for vector in vectors])
    columns: dict[Column, set[int]] = defaultdict(set)
    for at, each in enumerate(coordinates):
        columns[tuple(row[at] for row in matrix)].add(owner[each])
    small = [people for people in alike(columns) if len(people) < enough]
    few = frozenset().union(*small)
    # What many have in common is never among a few only: it is taken away once for all.
    common = reduced(
        column for column, whose in columns.items() if len(whose) >= enough or whose - few
    )
    free = len(matrix) - len(common)
    own: dict[Column, set[int]] = defaultdict(set)
    for column, whose in columns.items():
        if len(whose) < enough and whose <= few:
            own[rest(column, common)] |= whose
    for number in range(1, enough if free else 1):
        for chosen in combinations(small, number):
            together: set[int] = set().union(*chosen)
            if len(together) < enough and is_left(own, together, free):
                return together
    return set()


def alike(columns: Mapping[Column, set[int]]) -> list[frozenset[int]]:
    """People whom no figure tells apart: what is left of one of them is left of all."""
    own: dict[int, set[Column]] = defaultdict(set)
    for column, people in columns.items():
        for person in people:
            own[person].add(column)
    groups: dict[frozenset[Column], set[int]] = defaultdict(set)
    for person, theirs in own.items():
        groups[frozenset(theirs)].add(person)
    return [frozenset(people) for people in groups.values()]


def is_left(columns: Mapping[Column, set[int]], people: set[int], rank: int) -> bool:
    """Whether a combination of figures holds nobody but these people."""
    others = [column for column, theirs in columns.items() if theirs - people]
    return len(reduced(others)) < rank


def reduced(matrix: Iterable[Sequence[int]]) -> list[list[int]]:
    """The independent rows, by elimination; each begins with a 1 where those after it have nothing."""
    found: list[list[int]] = []
    for row in matrix:
        left = rest(row, found)
        lead = next((at for at, value in enumerate(left) if value), -1)
        if lead >= 0:
            inverse = pow(left[lead], -1, PRIME)
            found.append([value * inverse % PRIME for value in left])
    return found


def rest(row: Sequence[int], known: Iterable[Sequence[int]]) -> Column:
    """A row without what independent rows explain of it."""
    left = [value % PRIME for value in row]
    for one in known:
        lead = next(at for at, value in enumerate(one) if value)
        if left[lead]:
            factor = left[lead]
            left = [(a - factor * b) % PRIME for a, b in zip(left, one, strict=True)]
    return tuple(left)
