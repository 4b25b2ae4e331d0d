"""How a booking ends: its state, what is owed and why, who is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bookings.rules.agreed import Agreed
from bookings.rules.attendance import AttendanceRule, SessionMark
from bookings.rules.deadline import counted_deadline
from bookings.rules.fees import PriceRule
from bookings.rules.notice import NoticePolicy
from bookings.rules.place import AppliesTo, Place
from bookings.rules.prices import FOR_A_WASTED_PLACE, QUOTED_AS, ChargeKind, FeeBase, FeeOutcome
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
from courses.rules.states import EventType
from partnerships.rules.agencies import UsualPayerClass
from partnerships.rules.working_days import WorkingCalendar

LONDON = ZoneInfo("Europe/London")
START = datetime(2025, 1, 16, 9, 30, tzinfo=LONDON)
WEEKDAYS = WorkingCalendar()
ATTENDANCE, LATE, NO_SHOW = ChargeKind.ATTENDANCE, ChargeKind.LATE_CANCELLATION, ChargeKind.NO_SHOW
FREE, AMOUNT, DECISION = FeeOutcome.FREE, FeeOutcome.AMOUNT, FeeOutcome.DECISION
PARTNER, PROFIT = UsualPayerClass.PARTNER, UsualPayerClass.PROFIT_MAKING

# Shaped after North Somerset (seed 002); the amounts are ours, no seed gives any.
PRICES = (
    PriceRule(
        ATTENDANCE, FREE, clause="Partners attend free", scope=AppliesTo(payer_class=PARTNER)
    ),
    PriceRule(
        ATTENDANCE, AMOUNT, Decimal(80), "Others pay to attend", AppliesTo(payer_class=PROFIT)
    ),
    PriceRule(NO_SHOW, AMOUNT, Decimal(50), "Everybody pays for staying away"),
    PriceRule(LATE, AMOUNT, Decimal(50), "Everybody pays for cancelling late"),
    PriceRule(LATE, AMOUNT, Decimal(90), "Almost no notice", notice_under=2),
)
ANY_LEVEL = NoticePolicy(10, clause="Ten working days")
ONLY_LEVEL_3 = NoticePolicy(10, is_charged=False, clause="Ten working days, level 3")


PLACE = Place(
    course="neglect",
    payer_class=PARTNER,
    group="L3",
    event_type=EventType.COURSE,
    sittings=(180,),
    labels=(("Level", "Level 3"), ("Course", "Neglect")),
)
FOR_PROFIT = replace(PLACE, payer_class=PROFIT)


def agreed(notice: NoticePolicy = ANY_LEVEL, place: Place = PLACE, **terms: object) -> Agreed:
    """A partner's place on a level 3 course."""
    plain = Agreed(
        place=place,
        notice=notice,
        attendance=AttendanceRule(),
        prices=PRICES,
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
        pytest.param(agreed(place=FOR_PROFIT), [PRESENT], [(ATTENDANCE, 80)], id="others pay"),
        pytest.param(agreed(), [ABSENT], [(NO_SHOW, 50)], id="W2 level 3"),
        pytest.param(agreed(ONLY_LEVEL_3), [ABSENT], [], id="W6 level 2"),
        pytest.param(
            agreed(ONLY_LEVEL_3, FOR_PROFIT),
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
    settled = settled_by_register(
        agreed(place=replace(PLACE, payer_class=UsualPayerClass.NOT_FOR_PROFIT)), [PRESENT]
    )
    [due] = settled.charges
    assert due.price.outcome is DECISION


def test_learning_is_recorded_of_whoever_attended_or_earned_the_certificate() -> None:
    mild = agreed(attendance=AttendanceRule(late_certificate=True))
    learnt = [
        settled_by_register(terms, marks).is_learnt
        for terms, marks in ((AGREED, [PRESENT]), (AGREED, [LATE_90]), (mild, [LATE_90]))
    ]
    assert learnt == [True, False, True]


FREE_TO_LATE = AttendanceRule(late_charged=False, late_admitted=False)
FREE_TO_WALK_IN = AttendanceRule(walk_in_charged=False)


@pytest.mark.parametrize(
    ("terms", "mark", "walk_in", "kind", "why"),
    [
        pytest.param(
            agreed(ONLY_LEVEL_3),
            *(ABSENT, False, NO_SHOW),
            "The charging policy does not charge for an unused place on this course.",
            id="a course outside the policy",
        ),
        pytest.param(
            agreed(attendance=FREE_TO_LATE),
            *(LATE_90, False, NO_SHOW),
            "The policy does not charge someone who came too late to be let in.",
            id="turned away",
        ),
        pytest.param(
            agreed(attendance=FREE_TO_WALK_IN),
            *(PRESENT, True, ATTENDANCE),
            "The policy does not charge someone who came without a booking.",
            id="without a booking",
        ),
        pytest.param(
            AGREED,
            *(ABSENT, True, NO_SHOW),
            "Someone who came without a booking did not keep a place from anyone else.",
            id="without a booking, and not there after all",
        ),
    ],
)
def test_what_excuses_is_said_with_its_clause(
    terms: Agreed, mark: SessionMark, walk_in: bool, kind: ChargeKind, why: str
) -> None:
    settled = settled_by_register(terms, [mark], walk_in=walk_in)
    [due] = settled.dues
    told = due.price.explanation
    assert not settled.charges
    assert (due.kind, due.price.outcome, due.price.amount) == (kind, FREE, 0)
    assert (told.clause, told.steps) == (terms.notice.clause, (why,))
    assert ("Charge", kind.label) in told.inputs


def test_a_late_message_outside_the_policy_keeps_the_notice_it_gave() -> None:
    settled = settled_by_cancelling(
        agreed(ONLY_LEVEL_3), START - timedelta(days=2), was_pending=False
    )
    [due] = settled.dues
    assert (settled.state, settled.why, settled.charges) == (BookingState.LATE_CANCELLED, "", ())
    assert due.kind is LATE
    assert dict(due.price.explanation.inputs)["Notice given"] == "2 working days"


@pytest.mark.parametrize(
    ("terms", "marks", "state", "why"),
    [
        (AGREED, [PRESENT], BookingState.ATTENDED, "The register was closed."),
        (AGREED, [ABSENT], BookingState.NO_SHOW, "1 session missed."),
        (
            AGREED,
            [ABSENT, LATE_90],
            BookingState.PARTLY_ATTENDED,
            "1 session missed. Came 90 minutes late, past the time allowed.",
        ),
    ],
)
def test_the_register_says_why_a_booking_ends_as_it_does(
    terms: Agreed, marks: list[SessionMark], state: BookingState, why: str
) -> None:
    settled = settled_by_register(terms, marks)
    assert (settled.state, settled.why) == (state, why)


def test_other_ends_cost_nothing() -> None:
    assert settled_without_approval("No.") == Settlement(
        BookingState.DECLINED, "No.", tells=Tells.DECLINED
    )
    assert settled_by_the_partnership("The trainer is ill.") == Settlement(
        BookingState.EVENT_CANCELLED, "The trainer is ill.", tells=Tells.EVENT_CANCELLED
    )
    assert settled_by_substitution("Nora") == Settlement(
        BookingState.CANCELLED, "Nora takes the place.", tells=Tells.REPLACED
    )


def test_in_time_nothing_is_looked_at_and_no_reason_has_to_be_given() -> None:
    settled = settled_by_cancelling(AGREED, START - timedelta(days=40), was_pending=False)
    assert settled == Settlement(BookingState.CANCELLED, "", tells=Tells.CANCELLED)


@pytest.mark.parametrize(
    ("received", "left"),
    [
        pytest.param(datetime(2025, 7, 14, 13, 30, tzinfo=UTC), 3, id="Monday afternoon"),
        pytest.param(datetime(2025, 7, 14, 23, 30, tzinfo=UTC), 2, id="half past midnight there"),
    ],
)
def test_notice_is_counted_by_the_day_in_london(received: datetime, left: int) -> None:
    thursday = agreed(starts_at=datetime(2025, 7, 17, 9, 30, tzinfo=LONDON))
    assert thursday.notice_given(received) == left


def test_the_quote_is_made_of_the_same_prices() -> None:
    quote = AGREED.quote
    assert [quote.of(ATTENDANCE), quote.of(NO_SHOW)] == [
        AGREED.price(ATTENDANCE),
        AGREED.price(NO_SHOW),
    ]
    late = quote.of(LATE)
    assert late is not None
    assert late.amount == 90  # told at its highest
    outside = agreed(ONLY_LEVEL_3).quote
    assert (outside.of(LATE), outside.of(NO_SHOW)) == (None, None)
    assert set(quote.to_json()) == {ATTENDANCE, LATE, NO_SHOW}


@pytest.mark.parametrize("kind", [ATTENDANCE, LATE, NO_SHOW])
@pytest.mark.parametrize("terms", [AGREED, agreed(ONLY_LEVEL_3)], ids=["covered", "not"])
def test_what_is_owed_is_what_was_quoted(terms: Agreed, kind: ChargeKind) -> None:
    """None: outside the policy, which every kind for a wasted place is and no other."""
    least_notice = 0 if kind is LATE else None
    assert terms.owed(kind, notice=least_notice) == terms.quote.of(kind)
    covered = terms is AGREED
    assert (terms.quote.of(kind) is None) == (kind in FOR_A_WASTED_PLACE and not covered)


def test_every_kind_of_charge_has_a_name_for_the_price_page() -> None:
    assert set(QUOTED_AS) == set(ChargeKind)


def test_a_quote_is_for_the_length_of_the_event_and_calls_things_by_their_names() -> None:
    per_day = (PriceRule(ATTENDANCE, AMOUNT, Decimal(80), base=FeeBase.PER_DAY),)
    told = agreed(place=replace(PLACE, sittings=(360, 360)), prices=per_day).quote.of(ATTENDANCE)
    assert told is not None
    assert told.amount == 160
    assert ("Level", "Level 3") in told.explanation.inputs


def test_a_quote_is_kept_with_each_outcome_and_how_it_was_worked_out() -> None:
    kept = agreed(ONLY_LEVEL_3).quote.to_json()
    assert (kept["late_cancellation"], kept["no_show"]) == (None, None)
    assert kept["attendance"] == {
        "outcome": "free",
        "amount": "0.00",
        "clause": "Partners attend free",
        "inputs": [
            ["Charge", "Attendance fee"],
            ["Level", "Level 3"],
            ["Course", "Neglect"],
        ],
        "steps": ["This is free of charge."],
    }


def test_a_quote_that_says_something_else_has_another_fingerprint() -> None:
    quotes = (AGREED.quote, agreed(place=FOR_PROFIT).quote, agreed(ONLY_LEVEL_3).quote)
    assert len({quote.shown for quote in quotes}) == 3
    assert agreed().quote.shown == AGREED.quote.shown


def test_the_end_of_a_booking_has_the_fingerprint_of_its_state_and_charges() -> None:
    ends = {
        settled_by_register(terms, [mark]).shown
        for terms in (AGREED, agreed(place=FOR_PROFIT))
        for mark in (PRESENT, ABSENT, LATE_90)
    }
    # Who attends pays by the class of payer; a wasted place costs everybody the same.
    assert len(ends) == 4
    free, ill = (settled_by_cancelling(AGREED, START, was_pending=True, why=w) for w in ("", "Ill"))
    assert free.shown == ill.shown
