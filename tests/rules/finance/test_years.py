"""The financial year: 1 April to 31 March."""

from datetime import date

import pytest

from finance.rules.years import FinancialYear, years_between


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2026, 3, 31), 2025),
        (date(2026, 4, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
    ],
)
def test_a_year_is_named_by_its_first_april(day: date, begins: int) -> None:
    year = FinancialYear.of(day)
    assert year.begins == begins
    assert year.first <= day <= year.last


def test_its_days_and_its_name() -> None:
    year = FinancialYear(2026)
    assert (year.day_before, year.first, year.last) == (
        date(2026, 3, 31),
        date(2026, 4, 1),
        date(2027, 3, 31),
    )
    assert year.label == "April 2026 to March 2027"
    assert year.reached_by(date(2026, 11, 27)) == date(2026, 11, 27)
    assert year.reached_by(date(2028, 1, 1)) == date(2027, 3, 31)


def test_years_to_choose_from_begin_with_the_first_day_that_is_known() -> None:
    today = date(2026, 11, 27)
    assert years_between([date(2024, 5, 1), None, date(2026, 1, 1)], today) == [
        FinancialYear(2026),
        FinancialYear(2025),
        FinancialYear(2024),
    ]
    assert years_between([None], today) == [FinancialYear(2026)]
