"""Month arithmetic with an end-of-month clamp."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from partnerships.rules.months import (
    add_months,
    add_years,
    first_of_month,
    last_of_month,
    training_quarters,
    training_year,
)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        pytest.param(date(2025, 11, 30), 3, date(2026, 2, 28), id="W33 three months"),
        pytest.param(date(2025, 10, 31), 4, date(2026, 2, 28), id="W33 four months"),
        pytest.param(date(2026, 1, 14), 3, date(2026, 4, 14), id="W34 three months"),
        pytest.param(date(2024, 2, 29), 36, date(2027, 2, 28), id="W36 leap day, three years"),
        pytest.param(date(2024, 2, 29), 48, date(2028, 2, 29), id="leap day to leap day"),
        pytest.param(date(2023, 11, 30), 3, date(2024, 2, 29), id="clamp in a leap year"),
        pytest.param(date(2025, 12, 31), 1, date(2026, 1, 31), id="over the new year"),
        pytest.param(date(2026, 1, 31), -2, date(2025, 11, 30), id="backwards"),
        pytest.param(date(2026, 1, 31), 0, date(2026, 1, 31), id="not at all"),
    ],
)
def test_adding_months(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_adding_months_never_leaves_the_target_month() -> None:
    for step in range(1461):
        day = date(2024, 1, 1) + timedelta(days=step)
        later = add_months(day, 3)
        assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == 3
        assert later.day == day.day or later == last_of_month(later)


def test_years() -> None:
    assert add_years(date(2025, 9, 1), 2) == date(2027, 9, 1)
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)


def test_ends_of_a_month() -> None:
    assert first_of_month(date(2024, 2, 17)) == date(2024, 2, 1)
    assert last_of_month(date(2024, 2, 17)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("day", "first_month", "expected"),
    [
        pytest.param(date(2026, 3, 31), 4, (date(2025, 4, 1), date(2026, 3, 31)), id="last day"),
        pytest.param(date(2026, 4, 1), 4, (date(2026, 4, 1), date(2027, 3, 31)), id="first day"),
        pytest.param(
            date(2026, 7, 1), 1, (date(2026, 1, 1), date(2026, 12, 31)), id="calendar year"
        ),
    ],
)
def test_the_training_year(day: date, first_month: int, expected: tuple[date, date]) -> None:
    assert training_year(day, first_month) == expected


def test_a_training_year_begins_in_april_unless_the_partnership_says_otherwise() -> None:
    assert training_year(date(2026, 4, 15)) == (date(2026, 4, 1), date(2027, 3, 31))
    assert training_quarters(date(2026, 4, 15))[0] == (date(2026, 4, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("day", "first_month", "starts"),
    [
        pytest.param(
            date(2027, 2, 28), 4, [(2026, 4), (2026, 7), (2026, 10), (2027, 1)], id="April"
        ),
        pytest.param(
            date(2026, 7, 1), 1, [(2026, 1), (2026, 4), (2026, 7), (2026, 10)], id="January"
        ),
        pytest.param(
            date(2026, 9, 1), 9, [(2026, 9), (2026, 12), (2027, 3), (2027, 6)], id="school"
        ),
    ],
)
def test_training_quarters_are_the_training_year_without_gap_or_overlap(
    day: date, first_month: int, starts: list[tuple[int, int]]
) -> None:
    quarters = training_quarters(day, first_month)
    assert [(first.year, first.month) for first, _ in quarters] == starts
    year = training_year(day, first_month)
    assert (quarters[0][0], quarters[-1][1]) == year
    for (_, last), (first, _) in pairwise(quarters):
        assert first == last + timedelta(days=1)
