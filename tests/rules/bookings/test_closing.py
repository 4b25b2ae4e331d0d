"""Book by: the close of bookings, counted as notice is and explained in the same words."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bookings.rules.closing import closing_wording, counted_close
from bookings.rules.notice import NoticePolicy, NoticeUnit, free_until
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
AT_FIVE = time(17, 0)


def london(year: int, month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("rule", "start", "calendar", "told"),
    [
        pytest.param(
            NoticePolicy(10, cut_off=AT_FIVE),
            london(2025, 1, 2),
            ENGLAND,
            "5pm on Monday 16 December 2024",
            id="working days over Christmas, as W1",
        ),
        pytest.param(
            NoticePolicy(10, skip_bank_holidays=False),
            london(2025, 1, 2),
            ENGLAND,
            "the end of Thursday 19 December 2024",
            id="bank holidays counted, as W3",
        ),
        pytest.param(
            NoticePolicy(10),
            london(2027, 1, 4),
            ENGLAND,
            "the end of Wednesday 16 December 2026",
            id="a substitute day, as W7",
        ),
        pytest.param(
            NoticePolicy(10),
            london(2025, 6, 14),
            ENGLAND,
            "the end of Monday 2 June 2025",
            id="a Saturday, as W8",
        ),
        pytest.param(
            NoticePolicy(1),
            london(2026, 6, 16),
            SCOTLAND,
            "the end of Friday 12 June 2026",
            id="a holiday announced late",
        ),
        pytest.param(
            NoticePolicy(5, NoticeUnit.CALENDAR_DAYS, cut_off=time(12, 0)),
            london(2026, 12, 8),
            ENGLAND,
            "midday on Thursday 3 December 2026",
            id="calendar days",
        ),
        pytest.param(
            NoticePolicy(72, NoticeUnit.HOURS),
            london(2026, 12, 7),
            ENGLAND,
            "9:30am on Friday 4 December 2026",
            id="hours over a weekend",
        ),
        pytest.param(
            NoticePolicy(24, NoticeUnit.HOURS),
            london(2026, 3, 29),
            ENGLAND,
            "8:30am on Saturday 28 March 2026",
            id="hours over the night when clocks go forward",
        ),
        pytest.param(
            NoticePolicy(24, NoticeUnit.HOURS),
            london(2026, 10, 25),
            ENGLAND,
            "10:30am on Saturday 24 October 2026",
            id="hours over the night when clocks go back",
        ),
    ],
)
def test_the_last_instant_to_book(
    rule: NoticePolicy, start: datetime, calendar: WorkingCalendar, told: str
) -> None:
    found = counted_close(start, rule, calendar, LONDON)
    assert found.why.steps[-1] == f"Book by {told}."
    assert found.instant == free_until(start, rule, calendar, LONDON), "the engine of notice"


def test_a_time_that_the_clocks_repeat_is_the_later_one() -> None:
    rule = NoticePolicy(1, NoticeUnit.CALENDAR_DAYS, cut_off=time(1, 30))
    found = counted_close(london(2026, 10, 26), rule, ENGLAND, LONDON)
    assert found.instant.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_the_explanation_names_the_rule_what_it_starts_from_and_every_day_left_out() -> None:
    rule = NoticePolicy(2, cut_off=AT_FIVE)
    why = counted_close(london(2025, 1, 2), rule, ENGLAND, LONDON).why
    assert why.clause == "Bookings close 2 working days before the event, at 5pm."
    assert why.inputs == (
        ("Event starts", "9:30am on Thursday 2 January 2025"),
        ("Bookings close", "2 working days before"),
        ("Bank holidays", "skipped"),
        ("Until", "5pm"),
    )
    assert why.steps == (
        "Wednesday 1 January 2025 does not count: New Year’s Day.",
        "The 2nd working day before Thursday 2 January 2025 is Monday 30 December 2024.",
        "Book by 5pm on Monday 30 December 2024.",
    )


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (NoticePolicy(1), "Bookings close 1 working day before the event."),
        (
            NoticePolicy(48, NoticeUnit.HOURS),
            "Bookings close 48 hours before the event.",
        ),
        (
            NoticePolicy(3, NoticeUnit.CALENDAR_DAYS, cut_off=time(12, 0)),
            "Bookings close 3 calendar days before the event, at midday.",
        ),
    ],
)
def test_the_rule_in_a_sentence(rule: NoticePolicy, sentence: str) -> None:
    assert closing_wording(rule) == sentence


@pytest.mark.parametrize("unit", list(NoticeUnit))
def test_a_later_event_never_closes_earlier(unit: NoticeUnit) -> None:
    rule = NoticePolicy(3, unit)
    first = london(2026, 10, 1)
    closes = [
        counted_close(first + timedelta(days=day), rule, ENGLAND, LONDON).instant.astimezone(UTC)
        for day in range(120)
    ]
    assert closes == sorted(closes)
