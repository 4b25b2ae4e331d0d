"""Places, times, marks and charging policies drawn at random, for tests of what always holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from bookings.rules.attendance import AttendanceRule, SessionMark
from bookings.rules.fees import PriceRule
from bookings.rules.money import Rounding
from bookings.rules.notice import Counting, NoticePolicy, NoticeUnit
from bookings.rules.place import AppliesTo, Place
from bookings.rules.prices import ChargeKind, FeeBase, FeeOutcome
from bookings.rules.states import Mark
from tests.rules.bookings.boards import (
    BRACKEN,
    FENMOOR,
    HIGHWOLD,
    LONDON,
    NORTHGATE,
    SALTMARSH,
    Board,
)

INVENTED = (FENMOOR, SALTMARSH, HIGHWOLD, BRACKEN, NORTHGATE)
LATE = ChargeKind.LATE_CANCELLATION
FIRST_DAY = date(2027, 1, 4)

PLACES = st.builds(
    Place,
    course=st.sampled_from(["neglect", "c"]),
    payer_class=st.sampled_from(["", "contributor", "small", "large", "individual"]),
    sector=st.sampled_from(["", "private", "voluntary"]),
    area=st.sampled_from(["", "outside"]),
    group=st.sampled_from(["", "L1", "L3"]),
    event_type=st.sampled_from(["course", "briefing", "conference"]),
    delivery=st.sampled_from(["in_person", "virtual", "e_learning"]),
    sittings=st.sampled_from([(120,), (121,), (240,), (241,), (180, 180), (360, 360)]),
    list_price=st.sampled_from([None, Decimal(50), Decimal("119.99")]),
)
# A year of mornings and evenings, with both nights on which the clocks change.
STARTS = st.builds(
    lambda days, hour: datetime.combine(FIRST_DAY + timedelta(days=days), time(hour, 30), LONDON),
    st.integers(0, 365),
    st.sampled_from([9, 13, 18]),
)
NOTICES = st.builds(
    NoticePolicy,
    st.integers(0, 20),
    st.sampled_from(NoticeUnit),
    st.sampled_from(Counting),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, time(12), time(17)]),
    clause=st.just("So much notice"),
)
MARKS = st.lists(
    st.builds(
        SessionMark,
        st.sampled_from(Mark),
        st.integers(0, 60),
        st.integers(0, 60),
    ),
    min_size=1,
    max_size=3,
)
# How long before the event a message arrives: to the minute, and so long before that it is always in time.
BEFORE = st.integers(1, 60 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
SCOPES = st.builds(
    AppliesTo,
    payer_class=st.sampled_from([None, "small", "large"]),
    sector=st.sampled_from([None, "private"]),
    event_type=st.sampled_from([None, "briefing"]),
    longest=st.sampled_from([None, 120]),
)
ATTENDANCE_RULES = st.builds(
    AttendanceRule,
    grace_minutes=st.sampled_from([None, 15, 30]),
    late_admitted=st.booleans(),
    late_charged=st.booleans(),
    early_minutes=st.sampled_from([None, 15]),
    early_charged=st.booleans(),
    walk_in_charged=st.booleans(),
)
BASES = st.sampled_from([one for one in FeeBase if one is not FeeBase.PERCENT_OF_ATTENDANCE])


@st.composite
def price_lines(draw: st.DrawFn, kind: ChargeKind | None = None) -> PriceRule:
    """Any price that can be entered."""
    amount = draw(st.integers(0, 9).map(lambda tens: Decimal(tens * 10)))
    kind = kind or draw(st.sampled_from(ChargeKind))
    base = draw(BASES)
    if kind is not ChargeKind.ATTENDANCE and draw(st.booleans()):
        base = FeeBase.PERCENT_OF_ATTENDANCE
    return PriceRule(
        kind,
        FeeOutcome.AMOUNT
        if amount
        else draw(st.sampled_from([FeeOutcome.FREE, FeeOutcome.DECISION])),
        amount,
        f"Price {draw(st.integers(1, 99))}",
        draw(SCOPES),
        notice_under=draw(st.sampled_from([None, 2, 5, 10])) if kind is LATE else None,
        base=base,
        less=draw(st.sampled_from([Decimal(0), Decimal(15)])),
        at_least=draw(st.sampled_from([None, Decimal(20)])),
        at_most=draw(st.sampled_from([None, Decimal(60)])),
        rounding=draw(st.sampled_from(Rounding)),
    )


@st.composite
def boards(draw: st.DrawFn) -> Board:
    """One of the invented boards, or one that nobody invented."""
    known = draw(st.sampled_from([None, *INVENTED]))
    if known is not None:
        return known
    special = replace(draw(NOTICES), scope=AppliesTo(event_type="briefing"), label="briefings")
    return Board(
        notices=(draw(NOTICES), special),
        prices=tuple(draw(st.lists(price_lines(), max_size=8))),
        attendance=draw(ATTENDANCE_RULES),
        register_exceptions=tuple(
            replace(rule, scope=scope, label=f"places {number}", exception=number)
            for number, (rule, scope) in enumerate(
                draw(st.lists(st.tuples(ATTENDANCE_RULES, SCOPES), max_size=3))
            )
        ),
        half_day_minutes=draw(st.sampled_from([180, 240])),
    )
