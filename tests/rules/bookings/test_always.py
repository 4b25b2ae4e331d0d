"""What holds for every charging policy, place and time: quotes, notice, deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bookings.rules.agreed import Agreed
from bookings.rules.attendance import AttendanceRule, SessionMark
from bookings.rules.deadline import counted_deadline, kept_deadline
from bookings.rules.fees import PriceRule
from bookings.rules.notice import NoticePolicy, in_time
from bookings.rules.place import Place
from bookings.rules.policy_check import policy_reasons
from bookings.rules.prices import ChargeKind, FeeOutcome
from bookings.rules.settlement import due_for, settled_by_cancelling, settled_by_register
from partnerships.rules.reasons import Explanation, codes
from partnerships.rules.working_days import WorkingCalendar
from tests.rules.bookings.boards import CALENDAR, LONDON, Board
from tests.rules.bookings.chances import (
    BEFORE,
    LATE,
    MARKS,
    NOTICES,
    PLACES,
    STARTS,
    boards,
    price_lines,
)


def cost(agreed: Agreed, received: datetime) -> object:
    """What a cancellation costs; None if a person decides."""
    settled = settled_by_cancelling(agreed, received, was_pending=False)
    if any(due.price.outcome is FeeOutcome.DECISION for due in settled.dues):
        return None
    return sum((due.price.amount for due in settled.dues), 0)


def rises(lines: Sequence[PriceRule]) -> bool:
    """Whether it is said of a policy that more notice would cost more, or that two prices contradict each other."""
    against = codes(policy_reasons(lines, (), (AttendanceRule(),)))
    return bool(against & {"contradiction", "rising_fee", "rising_fee_somewhere"})


@given(
    st.lists(price_lines(LATE), min_size=1, max_size=3),
    st.lists(price_lines(ChargeKind.ATTENDANCE), max_size=2),
    NOTICES,
    PLACES,
    STARTS,
    st.tuples(BEFORE, BEFORE),
)
def test_who_cancels_earlier_never_pays_more(
    late: list[PriceRule],
    attending: list[PriceRule],
    notice: NoticePolicy,
    place: Place,
    starts_at: datetime,
    times: tuple[timedelta, timedelta],
) -> None:
    """In every policy of which nothing else was said, to the minute, whatever it counts in."""
    board = Board((notice,), (*late, *attending))
    if rises(board.prices):
        return
    agreed = board.agreed(place, starts_at)
    earlier, later = (cost(agreed, starts_at - before) for before in sorted(times, reverse=True))
    assert earlier is None or later is None or earlier <= later  # type: ignore[operator]


@given(
    NOTICES,
    STARTS,
    st.lists(st.integers(1, 60), max_size=6),
)
def test_a_holiday_announced_later_never_makes_a_date_earlier_that_was_given(
    notice: NoticePolicy, starts_at: datetime, before: list[int]
) -> None:
    given_then = counted_deadline(starts_at, notice, CALENDAR, LONDON)
    announced = {starts_at.date() - timedelta(days=days): "Announced" for days in before}
    calendar = WorkingCalendar.from_names(dict(CALENDAR.names) | announced)
    anew = counted_deadline(starts_at, notice, calendar, LONDON)
    assert in_time(anew.instant, given_then.instant), "a holiday can only make the count earlier"
    kept = kept_deadline(given_then, anew, starts_at, LONDON)
    assert kept.instant == given_then.instant


@given(boards(), PLACES, STARTS, MARKS, st.booleans())
def test_the_register_charges_what_was_quoted(
    board: Board, place: Place, starts_at: datetime, marks: list[SessionMark], walk_in: bool
) -> None:
    agreed = board.agreed(place, starts_at)
    for due in settled_by_register(agreed, marks, walk_in=walk_in).charges:
        assert due.price == agreed.quote.of(due.kind)


@given(boards(), PLACES, STARTS, BEFORE)
def test_a_cancellation_is_charged_as_was_quoted_for_its_notice(
    board: Board, place: Place, starts_at: datetime, before: timedelta
) -> None:
    """What was told is the highest tier, so no one pays more than that in a policy that can be released."""
    agreed = board.agreed(place, starts_at)
    told = agreed.quote.of(LATE)
    for due in settled_by_cancelling(agreed, starts_at - before, was_pending=False).charges:
        assert told is not None
        assert due.price == agreed.owed(LATE, notice=due.notice)
        monotone = not rises(board.prices)
        decided = FeeOutcome.DECISION not in {told.outcome, due.price.outcome}
        assert not (monotone and decided) or due.price.amount <= told.amount


@given(boards(), PLACES, STARTS, STARTS, BEFORE, MARKS, st.dates(date(2027, 1, 1)))
def test_a_due_replays_from_the_place_and_the_notice_alone(
    board: Board,
    place: Place,
    starts_at: datetime,
    moved_to: datetime,
    before: timedelta,
    marks: list[SessionMark],
    closed: date,
) -> None:
    """The event moves, the calendar changes: amount, rule, facts and calculation stay, through JSON too."""
    agreed = board.agreed(place, starts_at)
    settled = (
        settled_by_cancelling(agreed, starts_at - before, was_pending=False),
        settled_by_register(agreed, marks),
    )
    calendar = WorkingCalendar.from_names({closed: "Closed"})
    later = replace(board.agreed(place, moved_to), calendar=calendar)
    for due in (due for one in settled for due in one.charges):
        again = due_for(later, due.kind, notice=due.notice).price
        assert again == due.price
        stored = Explanation.from_json(due.price.explanation.to_json())
        assert stored == again.explanation


@given(boards(), PLACES, STARTS)
def test_whatever_can_be_owed_has_its_grounds(
    board: Board, place: Place, starts_at: datetime
) -> None:
    agreed = board.agreed(place, starts_at)
    for kind in ChargeKind:
        price = agreed.price(kind, notice=0 if kind is LATE else None)
        assert price.amount >= 0
        assert price.explanation.steps
        assert (price.amount > 0) == (price.outcome is FeeOutcome.AMOUNT)
