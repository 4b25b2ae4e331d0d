"""Agencies that are exempt: what is covered, what the quote says, and that it is what is charged."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bookings.rules.agreed import Agreed
from bookings.rules.attendance import AttendanceRule, SessionMark
from bookings.rules.deadline import counted_deadline
from bookings.rules.exemptions import ExemptionRule
from bookings.rules.fees import PriceRule
from bookings.rules.notice import NoticePolicy
from bookings.rules.place import Place
from bookings.rules.prices import ChargeKind, FeeOutcome
from bookings.rules.settlement import settled_by_cancelling, settled_by_register
from bookings.rules.states import Mark
from partnerships.rules.working_days import WorkingCalendar

START = datetime(2026, 6, 16, 9, 30, tzinfo=UTC)
ATTENDANCE, LATE, NO_SHOW = ChargeKind.ATTENDANCE, ChargeKind.LATE_CANCELLATION, ChargeKind.NO_SHOW
FREE = FeeOutcome.FREE
PRICES = (
    PriceRule(ATTENDANCE, FeeOutcome.DECISION, clause="A person decides"),
    PriceRule(LATE, FeeOutcome.AMOUNT, Decimal(40), "Late: £40"),
    PriceRule(NO_SHOW, FeeOutcome.AMOUNT, Decimal(75), "Absent: £75"),
)
FLOODED = ExemptionRule(7, "The school was flooded.", date(2026, 6, 10), date(2026, 6, 16))
NOTICE = NoticePolicy(10, clause="Ten working days")


def agreed(*exemptions: ExemptionRule) -> Agreed:
    calendar = WorkingCalendar()
    deadline = counted_deadline(START, NOTICE, calendar, UTC)
    return Agreed(
        place=Place(),
        notice=NOTICE,
        attendance=AttendanceRule(),
        prices=PRICES,
        starts_at=START,
        deadline=deadline,
        calendar=calendar,
        tz=UTC,
        exemptions=exemptions,
    )


@pytest.mark.parametrize(
    ("first", "last", "kinds", "kind", "covered"),
    [
        ((6, 16), (6, 16), {}, NO_SHOW, True),
        ((6, 17), (6, 30), {}, NO_SHOW, False),
        ((6, 1), (6, 15), {}, NO_SHOW, False),
        ((6, 1), (6, 30), {NO_SHOW}, NO_SHOW, True),
        ((6, 1), (6, 30), {NO_SHOW}, LATE, False),
        ((6, 1), (6, 30), {NO_SHOW, LATE}, LATE, True),
    ],
)
def test_what_an_exemption_covers(
    first: tuple[int, int],
    last: tuple[int, int],
    kinds: set[ChargeKind],
    kind: ChargeKind,
    covered: bool,
) -> None:
    one = replace(FLOODED, first=date(2026, *first), last=date(2026, *last), kinds=frozenset(kinds))
    assert one.covers(kind, START.date()) is covered
    price = agreed(one).quote.of(kind)
    assert price is not None
    assert (price.exemption == 7) is covered


def test_the_quote_names_it_and_what_it_spares() -> None:
    price = agreed(FLOODED).quote.of(NO_SHOW)
    assert price is not None
    assert (price.outcome, price.amount, price.spared) == (FREE, 0, Decimal(75))
    assert price.explanation.amount == 0
    assert price.explanation.clause == "Absent: £75"
    assert price.explanation.steps[-2:] == (
        "Without the exemption, it would be £75.00.",
        "No charge: exempt from 10 June 2026 to 16 June 2026. Reason: The school was flooded.",
    )
    kept = agreed(FLOODED).quote.to_json()
    assert kept["no_show"]["exemption"] == 7
    assert "exemption" not in agreed().quote.to_json()["no_show"]


def test_what_a_person_would_decide_is_free_too() -> None:
    price = agreed(FLOODED).quote.of(ATTENDANCE)
    assert price is not None
    assert (price.outcome, price.spared) == (FREE, 0)
    assert "Without the exemption, a person would decide." in price.explanation.steps


@pytest.mark.parametrize("exemptions", [(), (FLOODED,)])
def test_what_was_quoted_is_charged(exemptions: tuple[ExemptionRule, ...]) -> None:
    terms = agreed(*exemptions)
    marks = [SessionMark(Mark.ABSENT)]
    settled = settled_by_register(terms, marks)
    [due] = settled.dues
    assert due.price == terms.quote.of(NO_SHOW)
    assert bool(settled.charges) is not bool(exemptions)
    assert settled.spared == (settled.dues if exemptions else ())
    cancelled = settled_by_cancelling(terms, START - timedelta(hours=1), was_pending=False)
    assert [due.price.outcome for due in cancelled.dues] == [
        FREE if exemptions else FeeOutcome.AMOUNT
    ]


@pytest.mark.parametrize(("day", "is_exempt"), [(9, False), (10, True), (15, True)])
def test_a_place_given_up_while_the_agency_is_exempt_costs_nothing(
    day: int, is_exempt: bool
) -> None:
    """Even if the event is after the exemption: the charge arises on the day of the message."""
    over_before = replace(FLOODED, last=date(2026, 6, 15))
    received = datetime(2026, 6, day, 12, tzinfo=UTC)
    settled = settled_by_cancelling(agreed(over_before), received, was_pending=False)
    assert [due.price.exemption for due in settled.dues] == [7 if is_exempt else None]


def test_it_says_which_charges_it_is_for() -> None:
    words = replace(FLOODED, kinds=frozenset({NO_SHOW, LATE})).words
    assert "(Late cancellation fee and Non-attendance fee)" in words
