"""What the register's marks lead to, and how a year's turnout is counted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bookings.rules.attendance import (
    AttendanceRule,
    SessionMark,
    attendance_for,
    attendance_outcome,
    minutes_beyond,
    takes_marks,
)
from bookings.rules.metrics import Rate, Turnout, combined
from bookings.rules.place import AppliesTo, Place
from bookings.rules.prices import ChargeKind
from bookings.rules.states import BookingState, Mark
from partnerships.rules.reasons import Kind, Reason

PRESENT, ABSENT = SessionMark(Mark.PRESENT), SessionMark(Mark.ABSENT)
LATE_30, LATE_31 = SessionMark(Mark.LATE, 30), SessionMark(Mark.LATE, 31)
LEFT_60 = SessionMark(Mark.LEFT_EARLY, minutes_early=60)
ATTENDED, PARTLY, NO_SHOW = (
    *(BookingState.ATTENDED, BookingState.PARTLY_ATTENDED, BookingState.NO_SHOW),
)
HOUSE = AttendanceRule()
DOOR_SHUT = AttendanceRule(grace_minutes=0, late_admitted=False)
MILD = AttendanceRule(late_certificate=True, late_charged=False)
TRAINER = AttendanceRule(grace_minutes=None)
TO_THE_END = AttendanceRule(early_minutes=30)
COME, STAYED_AWAY = ChargeKind.ATTENDANCE, ChargeKind.NO_SHOW


@pytest.mark.parametrize(
    ("marks", "rule", "state", "certificate", "charge", "excused"),
    [
        pytest.param([PRESENT, PRESENT], HOUSE, ATTENDED, True, COME, False, id="all sessions"),
        pytest.param([ABSENT, ABSENT], HOUSE, NO_SHOW, False, STAYED_AWAY, False, id="none"),
        pytest.param([PRESENT, ABSENT], HOUSE, PARTLY, False, COME, False, id="one of two"),
        pytest.param([LATE_30], HOUSE, ATTENDED, True, COME, False, id="within the grace"),
        pytest.param([LATE_31], HOUSE, PARTLY, False, STAYED_AWAY, False, id="past it"),
        pytest.param([LATE_31], MILD, PARTLY, True, COME, False, id="past it, mild"),
        pytest.param([LATE_31, ABSENT], MILD, PARTLY, False, COME, False, id="and absent"),
        pytest.param([LATE_31], TRAINER, ATTENDED, True, COME, False, id="trainer decides"),
        pytest.param([LATE_31], DOOR_SHUT, NO_SHOW, False, STAYED_AWAY, False, id="shut out"),
        pytest.param(
            [LATE_31],
            replace(DOOR_SHUT, late_charged=False),
            *(NO_SHOW, False, STAYED_AWAY, True),
            id="shut out, not charged",
        ),
        pytest.param([PRESENT, LATE_31], DOOR_SHUT, PARTLY, False, STAYED_AWAY, False, id="half"),
        pytest.param([LEFT_60], HOUSE, ATTENDED, True, COME, False, id="no limit on leaving"),
        pytest.param([LEFT_60], TO_THE_END, PARTLY, False, COME, False, id="left too early"),
        pytest.param(
            [LEFT_60],
            replace(TO_THE_END, early_counts=True),
            *(ATTENDED, False, COME, False),
            id="left too early, counts in full",
        ),
        pytest.param(
            [LEFT_60],
            replace(TO_THE_END, early_certificate=True),
            *(PARTLY, True, COME, False),
            id="left too early, certificate",
        ),
        pytest.param(
            [LEFT_60],
            replace(TO_THE_END, early_charged=True),
            *(PARTLY, False, STAYED_AWAY, False),
            id="left too early, charged",
        ),
    ],
)
def test_three_independent_answers(
    marks: list[SessionMark],
    rule: AttendanceRule,
    state: BookingState,
    certificate: bool,
    charge: ChargeKind,
    excused: bool,
) -> None:
    outcome = attendance_outcome(marks, rule)
    assert outcome.state is state
    assert (outcome.certificate, outcome.charge, bool(outcome.excused)) == (
        *(certificate, charge, excused),
    )


@pytest.mark.parametrize(
    ("rule", "certificate", "excused"),
    [
        (HOUSE, True, False),
        (replace(HOUSE, walk_in_certificate=False), False, False),
        (replace(HOUSE, walk_in_charged=False), True, True),
    ],
)
def test_somebody_without_a_booking_gets_the_same_three_answers(
    rule: AttendanceRule, certificate: bool, excused: bool
) -> None:
    outcome = attendance_outcome([PRESENT], rule, walk_in=True)
    assert outcome.state is ATTENDED
    assert (outcome.certificate, bool(outcome.excused)) == (certificate, excused)


def test_somebody_without_a_booking_wasted_no_place() -> None:
    assert attendance_outcome([LATE_31], HOUSE, walk_in=True).charge is COME


@pytest.mark.parametrize(("marks", "rule"), [([ABSENT], HOUSE), ([LATE_31], DOOR_SHUT)])
def test_somebody_without_a_booking_who_was_not_there_after_all_costs_nothing(
    marks: list[SessionMark], rule: AttendanceRule
) -> None:
    outcome = attendance_outcome(marks, rule, walk_in=True)
    assert outcome.state is NO_SHOW
    assert (
        outcome.excused
        == "Someone who came without a booking did not keep a place from anyone else."
    )


NO, NOTE = Kind.BLOCKS, Kind.WARNS


@pytest.mark.parametrize(
    ("marks", "rule", "reasons"),
    [
        pytest.param([PRESENT, LATE_30, LEFT_60], HOUSE, [], id="nothing to say"),
        pytest.param(
            [PRESENT, ABSENT],
            HOUSE,
            [Reason(NO, "session_missed", "1 session missed.")],
            id="one missed",
        ),
        pytest.param(
            [ABSENT, ABSENT],
            HOUSE,
            [Reason(NO, "session_missed", "2 sessions missed.")],
            id="two missed",
        ),
        pytest.param(
            [LATE_31],
            HOUSE,
            [Reason(NOTE, "too_late", "Came 31 minutes late, past the time allowed.")],
            id="too late",
        ),
        pytest.param(
            [LATE_31],
            DOOR_SHUT,
            [Reason(NO, "turned_away", "Came 31 minutes late and could not be let in.")],
            id="turned away",
        ),
        pytest.param(
            [LEFT_60],
            TO_THE_END,
            [Reason(NOTE, "left_too_early", "Left 60 minutes early, past the time allowed.")],
            id="left too early",
        ),
        pytest.param(
            [SessionMark(Mark.LEFT_EARLY, minutes_early=30)],
            TO_THE_END,
            [],
            id="just not too early",
        ),
        pytest.param(
            [LATE_31, ABSENT, LEFT_60],
            TO_THE_END,
            [
                Reason(NO, "session_missed", "1 session missed."),
                Reason(NOTE, "too_late", "Came 31 minutes late, past the time allowed."),
                Reason(NOTE, "left_too_early", "Left 60 minutes early, past the time allowed."),
            ],
            id="all of it",
        ),
    ],
)
def test_the_outcome_says_why(
    marks: list[SessionMark], rule: AttendanceRule, reasons: list[Reason]
) -> None:
    assert attendance_outcome(marks, rule).reasons == tuple(reasons)


ONLINE = replace(
    DOOR_SHUT, late_charged=False, scope=AppliesTo(delivery="virtual"), label="virtual events"
)
FULL_DAYS = replace(HOUSE, grace_minutes=15, scope=AppliesTo(shortest=241), label="full days")


@pytest.mark.parametrize(
    ("place", "rule"),
    [
        pytest.param(Place(sittings=(240,)), TRAINER, id="no exception"),
        pytest.param(Place(sittings=(241,)), FULL_DAYS, id="a full day"),
        pytest.param(Place(sittings=(60,), delivery="virtual"), ONLINE, id="online"),
        pytest.param(
            Place(sittings=(360,), delivery="virtual"), ONLINE, id="the delivery before the length"
        ),
    ],
)
def test_the_most_specific_rule_about_the_register_applies(
    place: Place, rule: AttendanceRule
) -> None:
    assert attendance_for(place, (TRAINER, FULL_DAYS, ONLINE)) is rule


def test_a_policy_without_a_general_rule_about_the_register_is_none() -> None:
    with pytest.raises(ValueError, match=r"^No rule applies to every place\.$"):
        attendance_for(Place(), (ONLINE,))


@pytest.mark.parametrize(
    ("marks", "rule", "reasons"),
    [
        pytest.param([PRESENT], ONLINE, [], id="in time"),
        pytest.param(
            [LATE_31],
            ONLINE,
            [
                Reason(NO, "turned_away", "Came 31 minutes late and could not be let in."),
                Reason(NOTE, "register_exception", "The rule for “virtual events” applies."),
            ],
            id="turned away",
        ),
        pytest.param(
            [LEFT_60],
            replace(FULL_DAYS, early_minutes=30),
            [
                Reason(NOTE, "left_too_early", "Left 60 minutes early, past the time allowed."),
                Reason(NOTE, "register_exception", "The rule for “full days” applies."),
            ],
            id="left too early",
        ),
        pytest.param(
            [ABSENT],
            ONLINE,
            [Reason(NO, "session_missed", "1 session missed.")],
            id="absent under any rule",
        ),
    ],
)
def test_the_outcome_names_the_exception(
    marks: list[SessionMark], rule: AttendanceRule, reasons: list[Reason]
) -> None:
    assert attendance_outcome(marks, rule).reasons == tuple(reasons)


@pytest.mark.parametrize(
    ("mark", "rule", "walk_in", "excused"),
    [
        (
            LATE_31,
            ONLINE,
            False,
            "The policy does not charge someone who came too late to be let in."
            " The rule for “virtual events” applies.",
        ),
        (
            PRESENT,
            replace(FULL_DAYS, walk_in_charged=False),
            True,
            "The policy does not charge someone who came without a booking."
            " The rule for “full days” applies.",
        ),
    ],
)
def test_what_costs_nothing_by_an_exception_names_it(
    mark: SessionMark, rule: AttendanceRule, walk_in: bool, excused: str
) -> None:
    assert attendance_outcome([mark], rule, walk_in=walk_in).excused == excused


def test_an_unmarked_register_has_no_outcome() -> None:
    with pytest.raises(ValueError, match=r"^No one has marked the register yet\.$"):
        attendance_outcome([], HOUSE)


START = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes_before", "expected"),
    [
        pytest.param(61, False, id="too early"),
        pytest.param(60, True, id="the doors open an hour before"),
        pytest.param(0, True, id="it begins"),
        pytest.param(-600, True, id="long after"),
    ],
)
def test_a_session_is_marked_from_an_hour_before_it_begins(
    minutes_before: int, expected: bool
) -> None:
    assert takes_marks(START, START - timedelta(minutes=minutes_before)) is expected


@pytest.mark.parametrize(
    ("mark", "seconds", "beyond"),
    [
        pytest.param(PRESENT, 10_800, None, id="nothing missed"),
        pytest.param(SessionMark(Mark.LATE, 180), 10_800, None, id="all of it missed"),
        pytest.param(SessionMark(Mark.LATE, 181), 10_800, 180, id="later than its end"),
        pytest.param(
            SessionMark(Mark.LEFT_EARLY, minutes_early=200), 10_800, 180, id="left before it began"
        ),
        pytest.param(
            SessionMark(Mark.LEFT_EARLY, 90, 91), 10_800, 180, id="late and early together"
        ),
        pytest.param(SessionMark(Mark.LATE, 180), 10_770, 179, id="half a minute does not count"),
    ],
)
def test_nobody_misses_more_of_a_session_than_there_is(
    mark: SessionMark, seconds: int, beyond: int | None
) -> None:
    assert minutes_beyond(mark, START, START + timedelta(seconds=seconds)) == beyond


LEICESTER = Turnout(capacity=393, bookings=318, cancelled=29, no_shows=20, walk_ins=35)


@pytest.mark.parametrize(
    ("rate", "wording"),
    [
        pytest.param(LEICESTER.fill, "77.4% (304 of 393)", id="W43 fill"),
        pytest.param(LEICESTER.attendance_of_live, "93.1% (269 of 289)", id="W43 of live"),
        pytest.param(LEICESTER.attendance_of_all, "84.6% (269 of 318)", id="W43 of all"),
        pytest.param(LEICESTER.no_show_of_live, "6.9% (20 of 289)", id="W43 no-show of live"),
        pytest.param(LEICESTER.no_show_of_all, "6.3% (20 of 318)", id="W43 no-show of all"),
        pytest.param(Rate(0, 0), "no figure (0 of 0)", id="nothing"),
        pytest.param(Rate(1, 2000), "0.1% (1 of 2,000)", id="halves up"),
    ],
)
def test_w43_rates(rate: Rate, wording: str) -> None:
    assert rate.wording == wording


def test_w43_counts() -> None:
    assert (LEICESTER.attended, LEICESTER.booked_attended, LEICESTER.live) == (304, 269, 289)
    assert Rate(0, 0).percent is None
    assert Rate(1, 3).percent == Decimal("33.3")


def test_rates_are_taken_of_sums() -> None:
    small, large = Turnout(10, 1, 0, 1), Turnout(100, 99, 0, 0, walk_ins=1)
    assert combined([small, large]).no_show_of_live == Rate(1, 100)
    assert combined([small, large]) == Turnout(110, 100, 0, 1, walk_ins=1)
    assert combined([]) == Turnout(0, 0, 0, 0)
