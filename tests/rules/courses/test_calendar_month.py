"""A month as a table of weeks."""

from datetime import date

import pytest

from courses.rules.calendar_month import neighbours, read_month, weeks


@pytest.mark.parametrize(
    ("month", "rows", "first", "last"),
    [
        (date(2027, 2, 1), 4, date(2027, 2, 1), date(2027, 2, 28)),  # exactly four weeks
        (date(2026, 8, 1), 6, date(2026, 7, 27), date(2026, 9, 6)),
        (date(2026, 12, 1), 5, date(2026, 11, 30), date(2027, 1, 3)),
    ],
)
def test_weeks_begin_on_monday_and_are_whole(
    month: date, rows: int, first: date, last: date
) -> None:
    found = weeks(month, {})
    assert len(found) == rows
    assert (found[0][0].day, found[-1][-1].day) == (first, last)
    assert {len(week) for week in found} == {7}


def test_a_day_holds_its_own_and_days_of_other_months_hold_nothing() -> None:
    found = weeks(date(2026, 12, 1), {date(2026, 12, 1): ["a", "b"], date(2026, 11, 30): ["c"]})
    assert [day.entries for day in found[0][:3]] == [(), ("a", "b"), ()]
    assert [day.in_month for day in found[0][:2]] == [False, True]


@pytest.mark.parametrize(
    ("month", "before", "after"),
    [
        (date(2027, 1, 1), date(2026, 12, 1), date(2027, 2, 1)),
        (date(2000, 1, 1), None, date(2000, 2, 1)),
        (date(2100, 12, 1), date(2100, 11, 1), None),
    ],
)
def test_the_months_next_to_it(month: date, before: date | None, after: date | None) -> None:
    assert neighbours(month) == (before, after)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2027-03", date(2027, 3, 1)),
        ("2027-13", None),
        ("1999-12", None),
        ("2101-01", None),
        ("next", None),
        ("", None),
    ],
)
def test_a_month_is_written_with_its_year(text: str, month: date | None) -> None:
    assert read_month(text) == month
