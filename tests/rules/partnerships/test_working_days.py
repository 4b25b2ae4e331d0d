"""Working days: what is skipped, and that the counts agree with each other."""

from datetime import date, timedelta

import pytest

from partnerships.rules.working_days import (
    WorkingCalendar,
    days_skipped_between,
    next_working_day,
    nth_working_day_after,
    nth_working_day_before,
    working_days_between,
)

WINTER = WorkingCalendar.from_names(
    {
        date(2024, 12, 25): "Christmas Day",
        date(2024, 12, 26): "Boxing Day",
        date(2025, 1, 1): "New Year’s Day",
    }
)
FRIDAY_OFF = WorkingCalendar(weekend=frozenset({4, 5, 6}))


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        pytest.param(date(2025, 1, 2), 10, date(2024, 12, 16), id="W1 across Christmas"),
        pytest.param(date(2025, 1, 2), 11, date(2024, 12, 13), id="W4 one more"),
        pytest.param(date(2025, 6, 14), 10, date(2025, 6, 2), id="W8 from a Saturday"),
        pytest.param(date(2024, 12, 27), 1, date(2024, 12, 24), id="two holidays in a row"),
        pytest.param(date(2024, 12, 25), 0, date(2024, 12, 25), id="none, even on a holiday"),
        pytest.param(date(2024, 3, 1), 1, date(2024, 2, 29), id="a leap day counts"),
    ],
)
def test_the_nth_working_day_before(day: date, number: int, expected: date) -> None:
    assert nth_working_day_before(day, number, WINTER) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2024, 12, 24), date(2024, 12, 24), id="already one"),
        pytest.param(date(2024, 12, 25), date(2024, 12, 27), id="past Boxing Day"),
        pytest.param(date(2024, 12, 28), date(2024, 12, 30), id="past a weekend"),
    ],
)
def test_the_next_working_day(day: date, expected: date) -> None:
    assert next_working_day(day, WINTER) == expected


def test_a_week_may_have_another_weekend() -> None:
    assert next_working_day(date(2025, 6, 13), FRIDAY_OFF) == date(2025, 6, 16)


def test_why_a_day_does_not_count() -> None:
    unnamed = WorkingCalendar(closed=frozenset({date(2025, 6, 16)}))

    assert WINTER.why_closed(date(2024, 12, 25)) == "Christmas Day"
    assert WINTER.why_closed(date(2024, 12, 28)) == "weekend (Saturday)"
    assert WINTER.why_closed(date(2024, 12, 24)) == ""
    assert unnamed.why_closed(date(2025, 6, 16)) == "closed"


def test_bank_holidays_can_be_counted() -> None:
    assert WINTER.without_closed().is_working(date(2024, 12, 25))
    assert not WINTER.without_closed().is_working(date(2024, 12, 28))


def test_a_closed_weekend_day_is_called_by_its_name_unless_closed_days_count() -> None:
    saturday = date(2026, 12, 26)
    calendar = WorkingCalendar.from_names({saturday: "Boxing Day"})
    assert calendar.why_closed(saturday) == "Boxing Day"
    assert calendar.without_closed().why_closed(saturday) == "weekend (Saturday)"


def test_skipped_days_are_listed_in_order() -> None:
    assert days_skipped_between(date(2024, 12, 24), date(2024, 12, 30), WINTER) == (
        date(2024, 12, 25),
        date(2024, 12, 26),
        date(2024, 12, 28),
        date(2024, 12, 29),
    )


def test_there_and_back_on_every_day_of_two_years() -> None:
    for step in range(731):
        day = date(2024, 1, 1) + timedelta(days=step)
        before = nth_working_day_before(day, 3, WINTER)
        assert WINTER.is_working(before)
        assert working_days_between(before, day, WINTER) == 3
        assert nth_working_day_after(before, 3, WINTER) == next_working_day(day, WINTER)


def test_days_between_the_wrong_way_round_are_none() -> None:
    assert working_days_between(date(2025, 1, 2), date(2025, 1, 1), WINTER) == 0


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^The number of working days must be 0 or more\.$"):
        nth_working_day_before(date(2025, 1, 2), -1, WINTER)


def test_a_week_without_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^A week needs at least one working day\.$"):
        WorkingCalendar(weekend=frozenset(range(7)))
