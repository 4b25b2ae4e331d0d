"""The deadline: one value of instant and grounds, whose working reads as a person would count it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bookings.rules.deadline import (
    Deadline,
    counted_deadline,
    deadline_after_move,
    deadline_after_offer,
    kept_deadline,
    notice_wording,
)
from bookings.rules.notice import Counting, NoticePolicy, NoticeUnit
from partnerships.rules.reasons import Explanation
from partnerships.rules.working_days import WorkingCalendar

LONDON = ZoneInfo("Europe/London")
WINTER = WorkingCalendar.from_names({date(2025, 1, 1): "New Year’s Day"})
START = datetime(2025, 1, 2, 9, 30, tzinfo=LONDON)


def steps(policy: NoticePolicy) -> tuple[str, ...]:
    return counted_deadline(START, policy, WINTER, LONDON).why.steps


def test_bank_holidays_are_named_and_weekends_are_summed_up() -> None:
    assert steps(NoticePolicy(3)) == (
        "Wednesday 1 January 2025 does not count: New Year’s Day.",
        "Saturdays and Sundays are not counted.",
        "The 3rd working day before Thursday 2 January 2025 is Friday 27 December 2024.",
        "Free if received by the end of Friday 27 December 2024.",
    )


def test_a_bank_holiday_on_the_way_is_named_and_no_weekend_that_is_not() -> None:
    assert steps(NoticePolicy(1)) == (
        "Wednesday 1 January 2025 does not count: New Year’s Day.",
        "The 1st working day before Thursday 2 January 2025 is Tuesday 31 December 2024.",
        "Free if received by the end of Tuesday 31 December 2024.",
    )


def test_a_weekend_before_the_last_day_is_not_on_the_way() -> None:
    tuesday = datetime(2025, 1, 14, 9, 30, tzinfo=LONDON)
    told = counted_deadline(tuesday, NoticePolicy(1), WINTER, LONDON).why
    assert told.steps == (
        "The 1st working day before Tuesday 14 January 2025 is Monday 13 January 2025.",
        "Free if received by the end of Monday 13 January 2025.",
    )


def test_an_evening_is_counted_from_its_own_day() -> None:
    evening = datetime(2025, 1, 14, 18, 0, tzinfo=LONDON)
    told = counted_deadline(evening.astimezone(UTC), NoticePolicy(1), WINTER, LONDON).why
    assert told.inputs[0] == ("Event starts", "6pm on Tuesday 14 January 2025")
    assert told.steps[0] == (
        "The 1st working day before Tuesday 14 January 2025 is Monday 13 January 2025."
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
    told = counted_deadline(START, NoticePolicy(10, clause="Clause 4"), WINTER, LONDON).why
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
        dict(counted_deadline(START, policy, WINTER, LONDON).why.inputs)
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


def local(year: int, month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


def counted(start: datetime, notice: int = 1, calendar: WorkingCalendar = WINTER) -> Deadline:
    return counted_deadline(start, NoticePolicy(notice, clause="Clause 4"), calendar, LONDON)


class TestADateOnceGiven:
    """Never becomes earlier (docs/domain/rules.md, notice), and the grounds say so."""

    def test_stays_when_the_event_moves_forward(self) -> None:
        given, anew = counted(local(2025, 1, 16)), counted(local(2025, 1, 14), notice=3)
        kept = kept_deadline(given, anew, local(2025, 1, 16), LONDON)
        assert kept.instant == given.instant
        assert kept.why.steps[-3:] == (
            "On that basis alone, cancelling would be free until the end of Thursday 9 January 2025.",
            "The date already given for this place, the end of Wednesday 15 January 2025,"
            " is later, so it still applies.",
            "Free if received by the end of Wednesday 15 January 2025.",
        )
        assert kept.why.clause == "Clause 4"
        assert kept.why.inputs == anew.why.inputs

    def test_gives_way_to_a_later_one(self) -> None:
        given, anew = counted(local(2025, 1, 16)), counted(local(2025, 1, 23))
        assert kept_deadline(given, anew, local(2025, 1, 23), LONDON) == anew

    def test_stays_when_a_bank_holiday_is_announced(self) -> None:
        start = local(2026, 6, 16)
        announced = WorkingCalendar.from_names({date(2026, 6, 15): "World Cup bank holiday"})
        told, fresh = counted(start), counted(start, calendar=announced)
        assert (told.instant.day, fresh.instant.day) == (15, 12)
        assert kept_deadline(told, fresh, start, LONDON).instant == told.instant

    def test_may_lie_after_an_event_that_now_comes_sooner(self) -> None:
        given, start = counted(local(2025, 3, 20)), local(2025, 1, 14)
        kept = kept_deadline(given, counted(start), start, LONDON)
        assert kept.instant == given.instant
        assert kept.why.steps[-1] == (
            "The event starts before that, so cancelling is free until it starts,"
            " at 9:30am on Tuesday 14 January 2025."
        )

    def test_of_hours_is_told_as_the_policy_means_it(self) -> None:
        hours = NoticePolicy(48, NoticeUnit.HOURS, Counting.MORE_THAN)
        given = counted_deadline(local(2025, 1, 16), hours, WINTER, LONDON)
        anew = counted_deadline(local(2025, 1, 15), hours, WINTER, LONDON)
        kept = kept_deadline(given, anew, local(2025, 1, 15), LONDON)
        assert "until 9:30am on Monday 13 January 2025." in kept.why.steps[0]
        assert kept.why.steps[-1] == "Free if received before 9:30am on Tuesday 14 January 2025."


class TestAfterAnOffer:
    """Somebody who accepts late would otherwise owe a fee at once."""

    START = local(2025, 1, 16)
    HOURS = 24

    @pytest.mark.parametrize(
        ("accepted", "instant"),
        [
            pytest.param(local(2025, 1, 9), local(2025, 1, 15, 23, 59), id="long before it"),
            pytest.param(local(2025, 1, 15, 17, 0), local(2025, 1, 16), id="never past the start"),
        ],
    )
    def test_the_grace_ends_with_the_start(self, accepted: datetime, instant: datetime) -> None:
        got = deadline_after_offer(accepted, counted(self.START), self.START, self.HOURS, LONDON)
        assert got.instant.replace(second=0, microsecond=0) == instant

    def test_the_grounds_name_the_instant_that_holds(self) -> None:
        accepted = local(2025, 1, 14, 21, 18)
        early = counted(self.START, notice=10)
        got = deadline_after_offer(accepted, early, self.START, self.HOURS, LONDON)
        assert got.instant.isoformat() == "2025-01-15T21:18:00+00:00"
        assert got.why.steps[-2:] == (
            "A place offered from the waiting list can be cancelled free of charge for 24 hours"
            " after it was accepted, at 9:18pm on Tuesday 14 January 2025, but not after the event"
            " starts.",
            "Free if received by 9:18pm on Wednesday 15 January 2025.",
        )

    def test_hours_pass_as_they_pass_when_clocks_change(self) -> None:
        start = local(2026, 3, 30)
        accepted = local(2026, 3, 28, 12, 0)
        early = counted(start, notice=10)
        got = deadline_after_offer(accepted, early, start, self.HOURS, LONDON)
        assert got.instant.isoformat() == "2026-03-29T13:00:00+01:00"


def test_a_date_that_the_partnership_has_moved_can_be_declined_for_a_while() -> None:
    start, moved = local(2025, 1, 16), local(2025, 1, 14, 12, 0)
    got = deadline_after_move(moved, counted(start, notice=10), start, 24, LONDON)
    assert got.instant == local(2025, 1, 15, 12, 0)
    assert got.why.steps[-2:] == (
        "When the partnership moves an event, cancelling is free of charge for 24 hours after it was moved, at midday"
        " on Tuesday 14 January 2025, but not after the event starts.",
        "Free if received by midday on Wednesday 15 January 2025.",
    )
    usual = counted(start)
    assert deadline_after_move(local(2025, 1, 9), usual, start, 24, LONDON) == usual


def test_the_hours_after_a_move_are_told_by_the_clock_in_summer() -> None:
    start, moved = local(2025, 7, 17), datetime(2025, 7, 15, 12, 0, tzinfo=UTC)
    got = deadline_after_move(moved, counted(start, notice=10), start, 24, LONDON)
    assert "it was moved, at 1pm on Tuesday 15 July 2025," in got.why.steps[-2]
    assert got.why.steps[-1] == "Free if received by 1pm on Wednesday 16 July 2025."


def test_a_deadline_is_met_to_the_microsecond() -> None:
    deadline = Deadline(datetime(2025, 1, 1, tzinfo=UTC), Explanation(None, ""))
    assert deadline.is_met_by(deadline.instant)
    assert not deadline.is_met_by(deadline.instant + timedelta(microseconds=1))
