"""Income against cost, and trainers' days."""

from decimal import Decimal

import pytest

from finance.rules.costs import CostResult, trainer_days

D = Decimal


@pytest.mark.parametrize(
    ("income", "cost", "attended", "difference", "each"),
    [
        ("500", "200", 8, "300", "25.00"),
        ("100", "200", 3, "-100", "66.67"),
        ("0", "50", 0, "-50", None),
        ("80", "0", 4, "80", "0.00"),
    ],
)
def test_difference_and_cost_of_each_place(
    income: str, cost: str, attended: int, difference: str, each: str | None
) -> None:
    result = CostResult(12, attended, D(income), D(cost))
    assert result.difference == D(difference)
    assert result.cost_each == (None if each is None else D(each))


def test_several_events_are_added_up() -> None:
    one, two = CostResult(10, 4, D(5), D(7)), CostResult(20, 6, D(1), D(3))
    assert one + two == CostResult(30, 10, D(6), D(10))
    assert sum((one, two), CostResult()) == one + two


@pytest.mark.parametrize(
    ("minutes", "days"),
    [([], "0"), ([180], "0.5"), ([240], "0.5"), ([241], "1"), ([360, 360], "2"), ([120, 120], "1")],
)
def test_a_session_is_half_a_day_or_one(minutes: list[int], days: str) -> None:
    assert trainer_days(minutes) == D(days)
