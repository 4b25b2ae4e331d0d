"""Means that a database has made are judged by the same rule as those made here."""

from statistics import fmean, stdev

import pytest

from evaluation.rules.statistics import (
    change_from,
    paired_change,
    summarise,
    summary_from,
)

PAIRS = [(3.0, 4.0), (2.0, 4.0), (5.0, 4.0), (3.0, 3.0), (4.0, 5.0)]


def test_sums_give_the_same_change_as_the_pairs() -> None:
    before, after = (fmean(column) for column in zip(*PAIRS, strict=True))
    made = change_from(len(PAIRS), before, after, stdev(two - one for one, two in PAIRS))
    direct = paired_change(PAIRS)
    assert made == direct
    assert made.mean == pytest.approx(0.6)


def test_small_groups_are_hidden_either_way() -> None:
    assert change_from(4, 3.0, 4.0, 0.5).hidden
    assert change_from(1, 3.0, 4.0, None).hidden
    assert summary_from(4, 9, 3.5) == summarise([3.5] * 4, 9)
    assert summary_from(5, 9, 3.5) == summarise([3.5] * 5, 9)
