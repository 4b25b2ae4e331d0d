"""The deadline's working reads as a person would count it."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bookings.rules.notice import Counting, NoticePolicy, NoticeUnit
from bookings.rules.notice_explained import explain_deadline, notice_wording
from partnerships.rules.working_days import WorkingCalendar

LONDON = ZoneInfo("Europe/London")
WINTER = WorkingCalendar.from_names({date(2025, 1, 1): "New Year’s Day"})
START = datetime(2025, 1, 2, 9, 30, tzinfo=LONDON)


def steps(policy: NoticePolicy) -> tuple[str, ...]:
    return explain_deadline(START, policy, WINTER, LONDON).steps


def test_each_skipped_day_is_named() -> None:
    assert steps(NoticePolicy(3)) == (
        "Wednesday 1 January 2025 is skipped: New Year’s Day.",
        "Sunday 29 December 2024 is skipped: weekend (Sunday).",
        "Saturday 28 December 2024 is skipped: weekend (Saturday).",
        "The 3rd working day before Thursday 2 January 2025 is Friday 27 December 2024.",
        "Free if received by the end of Friday 27 December 2024.",
    )


def test_bank_holidays_that_count_are_not_skipped() -> None:
    policy = NoticePolicy(1, skip_bank_holidays=False, cut_off=time(17, 0))
    assert steps(policy) == (
        "The 1st working day before Thursday 2 January 2025 is Wednesday 1 January 2025.",
        "Free if received by 5pm on Wednesday 1 January 2025.",
    )


def test_calendar_days_skip_nothing() -> None:
    assert steps(NoticePolicy(2, NoticeUnit.CALENDAR_DAYS))[0] == (
        "The 2nd calendar day before Thursday 2 January 2025 is Tuesday 31 December 2024."
    )


@pytest.mark.parametrize(
    ("policy", "last"),
    [
        (NoticePolicy(48, NoticeUnit.HOURS), "by 9:30am on Tuesday 31 December 2024."),
        (
            NoticePolicy(48, NoticeUnit.HOURS, Counting.MORE_THAN),
            "before 9:30am on Tuesday 31 December 2024.",
        ),
        (NoticePolicy(0), "by 9:30am on Thursday 2 January 2025."),
    ],
)
def test_hours_and_none_need_one_sentence(policy: NoticePolicy, last: str) -> None:
    assert steps(policy) == (f"Free if received {last}",)


def test_what_went_in() -> None:
    told = explain_deadline(START, NoticePolicy(10, clause="Clause 4"), WINTER, LONDON)
    assert told.clause == "Clause 4"
    assert told.amount is None
    assert told.inputs == (
        ("Event starts", "9:30am on Thursday 2 January 2025"),
        ("Notice needed", "at least 10 working days"),
        ("Bank holidays", "skipped"),
        ("Until", "end of the day"),
    )


def test_inputs_follow_the_unit() -> None:
    labels = [
        dict(explain_deadline(START, policy, WINTER, LONDON).inputs)
        for policy in (
            NoticePolicy(1, skip_bank_holidays=False, cut_off=time(12, 0)),
            NoticePolicy(1, NoticeUnit.CALENDAR_DAYS),
            NoticePolicy(1, NoticeUnit.HOURS),
        )
    ]
    assert (labels[0]["Bank holidays"], labels[0]["Until"]) == ("counted", "midday")
    assert "Bank holidays" not in labels[1]
    assert "Until" not in labels[2]


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (NoticePolicy(1), "at least 1 working day"),
        (NoticePolicy(5, clear_days=True), "at least 5 clear working days"),
        (NoticePolicy(5, counting=Counting.MORE_THAN), "more than 5 working days"),
        (NoticePolicy(48, NoticeUnit.HOURS, clear_days=True), "at least 48 hours"),
    ],
)
def test_notice_in_words(policy: NoticePolicy, words: str) -> None:
    assert notice_wording(policy) == words
