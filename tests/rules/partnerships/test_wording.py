"""Dates, times and counts read alike everywhere."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from govuk.rules.phrases import (
    clock,
    counted,
    listed,
    long_date,
    moment,
    ordinal,
    short_date,
)

LONDON = ZoneInfo("Europe/London")


def test_dates() -> None:
    assert long_date(date(2024, 12, 16)) == "Monday 16 December 2024"
    assert short_date(date(2024, 2, 29)) == "29 February 2024"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(0, 0), "midnight"),
        (time(0, 5), "12:05am"),
        (time(9, 30), "9:30am"),
        (time(12, 0), "midday"),
        (time(12, 1), "12:01pm"),
        (time(17, 0), "5pm"),
    ],
)
def test_clock_times(at: time, words: str) -> None:
    assert clock(at) == words


def test_an_instant_is_told_in_local_time() -> None:
    assert moment(datetime(2025, 6, 20, 16, 0, tzinfo=UTC), LONDON) == "5pm on Friday 20 June 2025"


def test_the_last_instant_of_a_day_is_its_end() -> None:
    last = datetime(2025, 6, 20, 23, 59, 59, 999999, tzinfo=LONDON)
    assert moment(last, LONDON) == "the end of Friday 20 June 2025"


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 people"), (1, "1 person"), (2, "2 people"), (1234, "1,234 people")],
)
def test_counts(number: int, words: str) -> None:
    assert counted(number, "person", "people") == words


def test_a_regular_plural_needs_no_help() -> None:
    assert counted(2, "place") == "2 places"


@pytest.mark.parametrize(
    ("items", "words"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_lists(items: list[str], words: str) -> None:
    assert listed(items) == words


def test_lists_with_or() -> None:
    assert listed(["A", "B"], "or") == "A or B"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *[(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th")],
        *[(13, "13th"), (21, "21st"), (22, "22nd"), (101, "101st"), (111, "111th")],
    ],
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words
