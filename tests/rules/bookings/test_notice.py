"""The free-cancellation deadline: the worked examples, the clocks, and every day of two years."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bookings.rules.notice import (
    Counting,
    NoticePolicy,
    NoticeUnit,
    free_until,
    in_time,
    notice_for,
    notice_left,
)
from bookings.rules.place import AppliesTo, Place
from partnerships.rules.working_days import WorkingCalendar

LONDON = ZoneInfo("Europe/London")
ENGLAND = WorkingCalendar.from_names(
    {
        date(2024, 12, 25): "Christmas Day",
        date(2024, 12, 26): "Boxing Day",
        date(2025, 1, 1): "New Year’s Day",
        date(2026, 12, 25): "Christmas Day",
        date(2026, 12, 28): "Boxing Day (substitute)",
        date(2027, 1, 1): "New Year’s Day",
    }
)
SCOTLAND = WorkingCalendar.from_names({date(2026, 6, 15): "World Cup"})

TEN = NoticePolicy(10, clause="Ten working days (seed 001)")
TEN_CLEAR = NoticePolicy(10, clear_days=True)
OVER_TEN = NoticePolicy(10, counting=Counting.MORE_THAN)
TEN_PLAIN = NoticePolicy(10, skip_bank_holidays=False)
THREE = NoticePolicy(3)
WEEK = NoticePolicy(7, NoticeUnit.CALENDAR_DAYS)
TWO_DAYS_IN_HOURS = NoticePolicy(48, NoticeUnit.HOURS)
AT_FIVE = NoticePolicy(10, cut_off=time(17, 0))
NONE = NoticePolicy(0)


def london(year: int, month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


NEW_YEAR = london(2025, 1, 2)


@pytest.mark.parametrize(
    ("policy", "start", "received", "expected"),
    [
        pytest.param(TEN, NEW_YEAR, london(2024, 12, 16, 17, 0), True, id="W1"),
        pytest.param(TEN, NEW_YEAR, london(2024, 12, 17, 0, 5), False, id="W2"),
        pytest.param(TEN, NEW_YEAR, london(2024, 12, 19), False, id="W3"),
        pytest.param(TEN_PLAIN, NEW_YEAR, london(2024, 12, 19), True, id="W3 holidays ignored"),
        pytest.param(TEN_PLAIN, NEW_YEAR, london(2024, 12, 20), False, id="W3 and a day more"),
        pytest.param(TEN_CLEAR, NEW_YEAR, london(2024, 12, 16), False, id="W4"),
        pytest.param(TEN_CLEAR, NEW_YEAR, london(2024, 12, 13, 23, 59), True, id="W4 in time"),
        pytest.param(OVER_TEN, NEW_YEAR, london(2024, 12, 16), False, id="N or fewer, at N"),
        pytest.param(OVER_TEN, NEW_YEAR, london(2024, 12, 13), True, id="N or fewer, over N"),
        pytest.param(TEN, NEW_YEAR, london(2024, 12, 15, 23, 0), True, id="W5"),
        pytest.param(TEN, london(2027, 1, 4), london(2026, 12, 16), True, id="W7 in time"),
        pytest.param(TEN, london(2027, 1, 4), london(2026, 12, 17), False, id="W7 late"),
        pytest.param(TEN, london(2025, 6, 14), london(2025, 6, 2), True, id="W8 in time"),
        pytest.param(TEN, london(2025, 6, 14), london(2025, 6, 3), False, id="W8 late"),
        pytest.param(AT_FIVE, NEW_YEAR, london(2024, 12, 16, 17, 0), True, id="at the cut-off"),
        pytest.param(AT_FIVE, NEW_YEAR, london(2024, 12, 16, 17, 1), False, id="past the cut-off"),
        pytest.param(WEEK, NEW_YEAR, london(2024, 12, 26, 23, 59), True, id="calendar days"),
        pytest.param(WEEK, NEW_YEAR, london(2024, 12, 27, 0, 0), False, id="calendar days late"),
        pytest.param(TWO_DAYS_IN_HOURS, NEW_YEAR, london(2024, 12, 31), True, id="48 hours"),
        pytest.param(
            TWO_DAYS_IN_HOURS, NEW_YEAR, london(2024, 12, 31, 9, 31), False, id="48 hours late"
        ),
        pytest.param(NONE, NEW_YEAR, NEW_YEAR, True, id="no notice needed"),
        pytest.param(NONE, NEW_YEAR, london(2025, 1, 2, 9, 31), False, id="but not once begun"),
    ],
)
def test_whether_a_cancellation_is_in_time(
    policy: NoticePolicy, start: datetime, received: datetime, expected: bool
) -> None:
    assert in_time(received, free_until(start, policy, ENGLAND, LONDON)) is expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        pytest.param(datetime(2025, 6, 20, 22, 59, 59, tzinfo=UTC), True, id="W35 in time"),
        pytest.param(datetime(2025, 6, 20, 23, 0, 0, tzinfo=UTC), False, id="W35 late"),
    ],
)
def test_w35_the_day_ends_by_the_clock_in_london(received: datetime, expected: bool) -> None:
    deadline = free_until(london(2025, 6, 25), THREE, ENGLAND, LONDON)
    assert deadline.date() == date(2025, 6, 20)
    assert in_time(received, deadline) is expected


def test_a_late_start_in_utc_is_still_the_local_day() -> None:
    start = datetime(2025, 6, 24, 23, 30, tzinfo=UTC)  # half past midnight on the 25th in London
    assert free_until(start, THREE, ENGLAND, LONDON).date() == date(2025, 6, 20)


def test_three_working_days_and_72_hours_disagree_over_a_weekend() -> None:
    monday = london(2025, 6, 16)
    by_days = free_until(monday, THREE, ENGLAND, LONDON)
    by_hours = free_until(monday, NoticePolicy(72, NoticeUnit.HOURS), ENGLAND, LONDON)
    assert (by_days.day, by_hours.day) == (11, 13)


def test_exactly_the_hours_are_too_few_when_more_are_asked() -> None:
    policy = NoticePolicy(48, NoticeUnit.HOURS, Counting.MORE_THAN)
    deadline = free_until(NEW_YEAR, policy, ENGLAND, LONDON)
    assert not in_time(london(2024, 12, 31), deadline)
    assert in_time(london(2024, 12, 31) - timedelta(microseconds=1), deadline)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        pytest.param(london(2026, 3, 30), datetime(2026, 3, 28, 8, 30, tzinfo=UTC), id="spring"),
        pytest.param(london(2026, 10, 26), datetime(2026, 10, 24, 9, 30, tzinfo=UTC), id="autumn"),
    ],
)
def test_hours_pass_as_they_pass_when_clocks_change(start: datetime, expected: datetime) -> None:
    assert free_until(start, TWO_DAYS_IN_HOURS, ENGLAND, LONDON) == expected


@pytest.mark.parametrize(
    ("policy", "last"),
    [
        pytest.param(NONE, "2026-07-01T18:00:00+01:00", id="no notice"),
        pytest.param(TWO_DAYS_IN_HOURS, "2026-06-29T18:00:00+01:00", id="hours"),
        pytest.param(WEEK, "2026-06-24T23:59:59.999999+01:00", id="days"),
        pytest.param(THREE, "2026-06-26T23:59:59.999999+01:00", id="working days"),
    ],
)
def test_the_last_instant_is_kept_in_local_time(policy: NoticePolicy, last: str) -> None:
    evening = datetime(2026, 7, 1, 17, 0, tzinfo=UTC)
    assert free_until(evening, policy, ENGLAND, LONDON).isoformat() == last


@pytest.mark.parametrize(
    ("start", "last"),
    [
        pytest.param(london(2026, 3, 30), "2026-03-29T22:59:59.999999+00:00", id="23-hour day"),
        pytest.param(london(2026, 10, 26), "2026-10-25T23:59:59.999999+00:00", id="25-hour day"),
    ],
)
def test_the_day_ends_late_enough_when_clocks_change(start: datetime, last: str) -> None:
    deadline = free_until(start, NoticePolicy(1, NoticeUnit.CALENDAR_DAYS), ENGLAND, LONDON)
    assert deadline.astimezone(UTC).isoformat() == last


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        pytest.param(london(2026, 10, 26), datetime(2026, 10, 25, 1, 30, tzinfo=UTC), id="twice"),
        pytest.param(london(2026, 3, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC), id="never"),
    ],
)
def test_a_cut_off_that_clocks_repeat_or_skip_is_read_late(
    start: datetime, expected: datetime
) -> None:
    policy = NoticePolicy(1, NoticeUnit.CALENDAR_DAYS, cut_off=time(1, 30))
    assert free_until(start, policy, ENGLAND, LONDON).astimezone(UTC) == expected


def test_the_repeated_hour_is_told_apart() -> None:
    deadline = datetime(2026, 10, 25, 1, 45, tzinfo=LONDON)  # summer time, the first 1:45
    second_half_past_one = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1)
    assert not in_time(second_half_past_one, deadline)


LEVEL_3 = NoticePolicy(10, scope=AppliesTo(group="L3"), clause="Ten working days, level 3")
OTHERWISE = NoticePolicy(0, is_charged=False, clause="Nothing")


@pytest.mark.parametrize(
    ("place", "rules", "rule"),
    [
        pytest.param(Place(group="L3"), (OTHERWISE, LEVEL_3), LEVEL_3, id="W6 level 3"),
        pytest.param(Place(group="L2"), (OTHERWISE, LEVEL_3), OTHERWISE, id="W6 level 2"),
        pytest.param(Place(), (LEVEL_3, OTHERWISE), OTHERWISE, id="in any order"),
    ],
)
def test_the_most_specific_notice_rule_applies(
    place: Place, rules: tuple[NoticePolicy, ...], rule: NoticePolicy
) -> None:
    assert notice_for(place, rules) is rule


def test_a_policy_without_a_general_notice_rule_is_none() -> None:
    with pytest.raises(ValueError, match=r"^No rule applies to every place\.$"):
        notice_for(Place(group="L2"), [LEVEL_3])


@pytest.mark.parametrize(
    ("policy", "received", "left"),
    [
        pytest.param(TEN, london(2024, 12, 17, 0, 5), 9, id="W2 nine left"),
        pytest.param(TEN, london(2024, 12, 16, 17, 0), 10, id="W1 ten left"),
        pytest.param(TEN_CLEAR, london(2024, 12, 16, 17, 0), 9, id="W4 nine clear days left"),
        pytest.param(AT_FIVE, london(2024, 12, 16, 17, 1), 9, id="the next day after the cut-off"),
        pytest.param(WEEK, london(2024, 12, 27), 6, id="calendar days"),
        pytest.param(TWO_DAYS_IN_HOURS, london(2025, 1, 1, 10, 0), 23, id="whole hours"),
        pytest.param(TWO_DAYS_IN_HOURS, london(2025, 1, 3), 0, id="after the start, hours"),
        pytest.param(TEN, london(2025, 1, 3), 0, id="after the start, working days"),
        pytest.param(WEEK, london(2025, 1, 3), 0, id="after the start, days"),
    ],
)
def test_how_much_notice_is_left(policy: NoticePolicy, received: datetime, left: int) -> None:
    assert notice_left(received, NEW_YEAR, policy, ENGLAND, LONDON) == left


def test_notice_for_an_evening_is_counted_to_its_own_day() -> None:
    evening = london(2025, 1, 2, 18, 0)
    assert notice_left(london(2024, 12, 27), evening, WEEK, ENGLAND, LONDON) == 6


@pytest.mark.parametrize("unit", [NoticeUnit.WORKING_DAYS, NoticeUnit.CALENDAR_DAYS])
@pytest.mark.parametrize("counting", list(Counting))
@pytest.mark.parametrize("clear", [False, True])
@pytest.mark.parametrize("cut_off", [None, time(12, 0)])
def test_being_in_time_and_having_enough_notice_are_the_same(
    unit: NoticeUnit, counting: Counting, clear: bool, cut_off: time | None
) -> None:
    policy = NoticePolicy(3, unit, counting, clear, cut_off=cut_off)
    enough = 4 if counting is Counting.MORE_THAN else 3
    deadline = free_until(NEW_YEAR, policy, ENGLAND, LONDON)
    for hour in range(0, 24 * 14, 6):
        received = london(2024, 12, 20, 0, 0) + timedelta(hours=hour)
        left = notice_left(received, NEW_YEAR, policy, ENGLAND, LONDON)
        assert in_time(received, deadline) is (left >= enough)


def test_a_later_event_never_has_an_earlier_deadline() -> None:
    starts = [london(2024, 6, 1) + timedelta(days=day) for day in range(365)]
    deadlines = [free_until(start, THREE, ENGLAND, LONDON) for start in starts]
    assert deadlines == sorted(deadlines)
    assert all(deadline < start for deadline, start in zip(deadlines, starts, strict=True))
