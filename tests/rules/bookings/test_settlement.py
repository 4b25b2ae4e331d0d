"""How a booking ends: its state, what is owed and why, who is told."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bookings.rules.agreed import Agreed
from bookings.rules.attendance import AttendanceRule, SessionMark
from bookings.rules.deadline import counted_deadline
from bookings.rules.fees import Names, PriceRule
from bookings.rules.notice import NoticePolicy
from bookings.rules.settlement import (
    Settlement,
    Tells,
    settled_by_cancelling,
    settled_by_register,
    settled_by_substitution,
    settled_by_the_partnership,
    settled_without_approval,
)
from bookings.rules.states import BookingState, Mark
from courses.rules.prices import ChargeKind, FeeOutcome
from courses.rules.states import EventType
from partnerships.rules.agencies import PayerClass
from partnerships.rules.working_days import WorkingCalendar

LONDON = ZoneInfo("Europe/London")
START = datetime(2025, 1, 16, 9, 30, tzinfo=LONDON)
WEEKDAYS = WorkingCalendar()
ATTENDANCE, LATE, NO_SHOW = ChargeKind.ATTENDANCE, ChargeKind.LATE_CANCELLATION, ChargeKind.NO_SHOW
FREE, AMOUNT, DECISION = FeeOutcome.FREE, FeeOutcome.AMOUNT, FeeOutcome.DECISION
PARTNER, PROFIT = PayerClass.PARTNER, PayerClass.PROFIT_MAKING

# Shaped after North Somerset (seed 002); the amounts are ours, no seed gives any.
PRICES = (
    PriceRule(ATTENDANCE, FREE, clause="Partners attend free", payer_class=PARTNER),
    PriceRule(ATTENDANCE, AMOUNT, Decimal(80), "Others pay to attend", payer_class=PROFIT),
    PriceRule(NO_SHOW, AMOUNT, Decimal(50), "Everybody pays for staying away"),
    PriceRule(LATE, AMOUNT, Decimal(50), "Everybody pays for cancelling late"),
    PriceRule(LATE, AMOUNT, Decimal(90), "Almost no notice", notice_under=2),
)
ANY_LEVEL = NoticePolicy(10, clause="Ten working days")
LEVEL_3 = NoticePolicy(10, groups=frozenset({"L3"}), clause="Ten working days, level 3")


def agreed(notice: NoticePolicy = ANY_LEVEL, **terms: object) -> Agreed:
    """A partner's place on a level 3 course."""
    plain = Agreed(
        notice=notice,
        attendance=AttendanceRule(),
        prices=PRICES,
        payer_class=PARTNER,
        event_type=EventType.COURSE,
        group="L3",
        course="neglect",
        half_days=1,
        starts_at=START,
        deadline=counted_deadline(START, notice, WEEKDAYS, LONDON),
        calendar=WEEKDAYS,
        tz=LONDON,
    )
    return replace(plain, **terms)  # type: ignore[arg-type]


def amounts(settlement: Settlement) -> list[tuple[ChargeKind, Decimal]]:
    return [(due.kind, due.price.amount) for due in settlement.charges]


AGREED = agreed()
PRESENT, ABSENT = SessionMark(Mark.PRESENT), SessionMark(Mark.ABSENT)
LATE_90 = SessionMark(Mark.LATE, 90)


class TestCancelling:
    """In time it costs nothing; late it costs what was quoted."""

    @pytest.mark.parametrize(
        ("notice", "state", "charges"),
        [
            pytest.param(timedelta(days=20), BookingState.CANCELLED, [], id="in time"),
            pytest.param(timedelta(days=7), BookingState.LATE_CANCELLED, [(LATE, 50)], id="late"),
            pytest.param(timedelta(hours=1), BookingState.LATE_CANCELLED, [(LATE, 90)], id="tier"),
        ],
    )
    def test_by_when_the_message_came(
        self, notice: timedelta, state: BookingState, charges: list[tuple[ChargeKind, int]]
    ) -> None:
        settled = settled_by_cancelling(AGREED, START - notice, was_pending=False, why="Ill")
        assert (settled.state, settled.why, settled.tells) == (state, "Ill", Tells.CANCELLED)
        assert amounts(settled) == charges

    def test_costs_nothing_before_the_place_was_approved(self) -> None:
        settled = settled_by_cancelling(AGREED, START - timedelta(hours=1), was_pending=True)
        assert (settled.state, settled.dues) == (BookingState.CANCELLED, ())

    def test_costs_nothing_until_a_date_that_was_kept(self) -> None:
        later = replace(AGREED.deadline, instant=START - timedelta(days=1))
        settled = settled_by_cancelling(
            replace(AGREED, deadline=later), START - timedelta(days=2), was_pending=False
        )
        assert settled.state is BookingState.CANCELLED


@pytest.mark.parametrize(
    ("terms", "marks", "charges"),
    [
        pytest.param(AGREED, [PRESENT], [], id="W30 a partner attends free"),
        pytest.param(AGREED, [ABSENT], [(NO_SHOW, 50)], id="W30 and pays for staying away"),
        pytest.param(agreed(payer_class=PROFIT), [PRESENT], [(ATTENDANCE, 80)], id="others pay"),
        pytest.param(agreed(LEVEL_3), [ABSENT], [(NO_SHOW, 50)], id="W2 level 3"),
        pytest.param(agreed(LEVEL_3, group="L2"), [ABSENT], [], id="W6 level 2"),
        pytest.param(
            agreed(LEVEL_3, group="L2", payer_class=PROFIT),
            [PRESENT],
            [(ATTENDANCE, 80)],
            id="W6 but attending is charged on every level",
        ),
        pytest.param(AGREED, [LATE_90], [(NO_SHOW, 50)], id="came too late"),
        pytest.param(
            agreed(attendance=AttendanceRule(late_charged=False, late_admitted=False)),
            *([LATE_90], []),
            id="turned away, excused",
        ),
    ],
)
def test_what_the_register_brings_about(
    terms: Agreed, marks: list[SessionMark], charges: list[tuple[ChargeKind, int]]
) -> None:
    settled = settled_by_register(terms, marks)
    assert amounts(settled) == charges
    assert settled.tells is None


def test_a_case_that_no_line_covers_is_for_a_person() -> None:
    settled = settled_by_register(agreed(payer_class=PayerClass.NOT_FOR_PROFIT), [PRESENT])
    [due] = settled.charges
    assert due.price.outcome is DECISION


def test_learning_is_recorded_of_whoever_attended_or_earned_the_certificate() -> None:
    mild = agreed(attendance=AttendanceRule(late_certificate=True))
    learnt = [
        settled_by_register(terms, marks).is_learnt
        for terms, marks in ((AGREED, [PRESENT]), (AGREED, [LATE_90]), (mild, [LATE_90]))
    ]
    assert learnt == [True, False, True]


@pytest.mark.parametrize(
    ("settled", "why"),
    [
        pytest.param(
            settled_by_register(agreed(LEVEL_3, group="L2"), [ABSENT]),
            "The cancellation policy covers L3 only.",
            id="a level outside the policy",
        ),
        pytest.param(
            settled_by_register(
                agreed(LEVEL_3, group="L2", names=Names("Neglect", "Level", {"L3": "Level 3"})),
                [ABSENT],
            ),
            "The cancellation policy covers Level 3 only.",
            id="by the name that people here use",
        ),
        pytest.param(
            settled_by_register(
                agreed(attendance=AttendanceRule(late_charged=False, late_admitted=False)),
                [LATE_90],
            ),
            "The policy does not charge someone who came too late to be let in.",
            id="turned away",
        ),
        pytest.param(
            settled_by_register(
                agreed(attendance=AttendanceRule(walk_in_charged=False)), [PRESENT], walk_in=True
            ),
            "The policy does not charge someone who came without a booking.",
            id="without a booking",
        ),
    ],
)
def test_what_excuses_is_said_with_its_clause(settled: Settlement, why: str) -> None:
    [due] = settled.dues
    assert not settled.charges
    assert due.price.explanation.steps == (why,)
    assert due.price.explanation.clause.startswith("Ten working days")


@pytest.mark.parametrize(
    ("settled", "state", "tells"),
    [
        (settled_without_approval("No."), BookingState.DECLINED, Tells.DECLINED),
        (
            settled_by_the_partnership("The trainer is ill."),
            *(BookingState.EVENT_CANCELLED, Tells.EVENT_CANCELLED),
        ),
        (settled_by_substitution("Nora"), BookingState.CANCELLED, Tells.REPLACED),
    ],
)
def test_other_ends_cost_nothing(settled: Settlement, state: BookingState, tells: Tells) -> None:
    assert (settled.state, settled.tells, settled.dues) == (state, tells, ())
    assert settled.why


def test_the_quote_is_made_of_the_same_prices() -> None:
    quote = AGREED.quote
    assert (quote.attendance.outcome, quote.no_show) == (FREE, AGREED.price(NO_SHOW))
    assert quote.late is not None
    assert quote.late.amount == 90  # told at its highest
    outside = agreed(LEVEL_3, group="L2").quote
    assert (outside.late, outside.no_show) == (None, None)
    assert set(quote.to_json()) == {"attendance", "late", "no_show"}
