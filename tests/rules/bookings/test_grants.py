"""Grants: who gets one, what it takes off, and why a code cannot be used."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.rules.attendance import SessionMark
from bookings.rules.fees import PriceRule
from bookings.rules.grants import (
    USES_A_GRANT,
    GrantOffered,
    GrantSought,
    GrantTerms,
    bare_code,
    code_reason,
    grant_found,
)
from bookings.rules.notice import NoticePolicy
from bookings.rules.place import Place
from bookings.rules.prices import FeeOutcome
from bookings.rules.settlement import settled_by_cancelling, settled_by_register
from bookings.rules.states import BookingState, Mark
from partnerships.rules.reasons import Kind, Reason
from tests.rules.bookings.boards import ATTENDANCE, DECISION, LATE, NO_SHOW, Board, at, line

D = Decimal
TODAY, EVENT = date(2027, 2, 1), at(date(2027, 4, 15))
PLACE = Place(course="neglect", sittings=(180,))
PRICES = (line(ATTENDANCE, "100", "All"), line(LATE, "40", "Late"), line(NO_SHOW, "75", "Absent"))
SMALL = GrantTerms("Small charities fund", frozenset({ATTENDANCE}), percent=D(50))
FUND = GrantOffered(1, "SMALL-27", SMALL, 3, date(2027, 1, 1), date(2027, 3, 31))
SOUGHT = GrantSought(agency=7, payer_class="charity", today=TODAY, code="SMALL-27")
GIVEN = GrantOffered(2, "", replace(SMALL, name="Given"), 1, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("percent", "amount", "price", "left", "step"),
    [
        pytest.param(
            "50",
            None,
            "100",
            "50.00",
            "£100.00 less grant “Small charities fund” £50.00 comes to £50.00.",
            id="a half",
        ),
        pytest.param(
            "33.33",
            None,
            "100",
            "66.67",
            "£100.00 less grant “Small charities fund” £33.33 comes to £66.67.",
            id="a third",
        ),
        pytest.param(
            None,
            "40",
            "100",
            "60.00",
            "£100.00 less grant “Small charities fund” £40.00 comes to £60.00.",
            id="an amount",
        ),
        pytest.param(
            None,
            "40",
            "32.50",
            "0.00",
            "£32.50 less grant “Small charities fund” £32.50 comes to £0.00.",
            id="no more than there is",
        ),
        pytest.param(
            "100",
            None,
            "0.01",
            "0.00",
            "£0.01 less grant “Small charities fund” £0.01 comes to £0.00.",
            id="all of a penny",
        ),
        pytest.param(
            None,
            None,
            "100",
            "100.00",
            "£100.00 less grant “Small charities fund” £0.00 comes to £100.00.",
            id="neither",
        ),
    ],
)
def test_a_grant_takes_a_share_or_an_amount_off(
    percent: str | None, amount: str | None, price: str, left: str, step: str
) -> None:
    grant = replace(
        SMALL,
        percent=percent and D(percent),
        amount=amount and D(amount),  # type: ignore[arg-type]
    )
    board = Board((NoticePolicy(10),), (line(ATTENDANCE, price, "All"),))
    owed = replace(board.agreed(PLACE, EVENT), grant=grant).owed(ATTENDANCE)
    assert owed is not None
    assert owed.amount == owed.explanation.amount == D(left)
    assert owed.explanation.steps[-1] == step
    assert (owed.outcome is FeeOutcome.FREE) == (D(left) == 0)


def test_other_charges_stay_and_a_decision_is_told_of_it() -> None:
    agreed = replace(Board((NoticePolicy(10),), PRICES).agreed(PLACE, EVENT), grant=SMALL)
    assert agreed.owed(NO_SHOW) == agreed.price(NO_SHOW)
    free = replace(agreed, prices=(line(ATTENDANCE, None, "Free"),))
    assert free.owed(ATTENDANCE) == free.price(ATTENDANCE)
    left_open = replace(agreed, prices=(PriceRule(ATTENDANCE, DECISION, clause="Ask us"),))
    told = left_open.owed(ATTENDANCE)
    assert told is not None
    assert told.outcome is DECISION
    assert told.explanation.steps[-1] == (
        "The grant “Small charities fund” takes 50% off what is decided."
    )


@pytest.mark.parametrize(
    ("sought", "why"),
    [
        pytest.param({}, None, id="as printed"),
        pytest.param({"code": " small 27"}, None, id="typed by a person"),
        pytest.param({"code": ""}, None, id="no code"),
        pytest.param({"code": " - "}, None, id="nothing of a code"),
        pytest.param({"code": "SMALL-28 "}, "We do not know the code “SMALL-28”.", id="unknown"),
        pytest.param({"today": date(2027, 1, 1)}, None, id="the first day"),
        pytest.param({"today": date(2027, 3, 31)}, None, id="the last day"),
        pytest.param(
            {"today": date(2026, 12, 31)},
            "The grant “Small charities fund” starts on 1 January 2027.",
            id="too early",
        ),
        pytest.param(
            {"today": date(2027, 4, 1)},
            "The grant “Small charities fund” ended on 31 March 2027.",
            id="too late",
        ),
        pytest.param({"used": {1: 2}}, None, id="the last place"),
        pytest.param(
            {"used": {1: 3}},
            "The grant “Small charities fund” was for 3 places, and none is left.",
            id="used up",
        ),
        pytest.param({"used": {2: 3}}, None, id="another grant is used up"),
    ],
)
def test_a_code_can_be_used_or_the_reason_is_said(sought: dict[str, Any], why: str | None) -> None:
    found = code_reason([FUND, GIVEN], replace(SOUGHT, **sought))
    step = "Check it, or leave the box empty to book without it."
    assert found == (why and Reason(Kind.BLOCKS, "grant_code", why, step))


@pytest.mark.parametrize(
    ("named", "fits"),
    [
        pytest.param({}, True, id="open to everyone"),
        pytest.param({"agencies": frozenset({7, 8})}, True, id="the agency"),
        pytest.param({"agencies": frozenset({8})}, False, id="another agency"),
        pytest.param({"payer_classes": frozenset({"charity"})}, True, id="the payer class"),
        pytest.param({"payer_classes": frozenset({"partner"})}, False, id="another class"),
        pytest.param(
            {"agencies": frozenset({8}), "payer_classes": frozenset({"charity"})},
            True,
            id="either is enough",
        ),
    ],
)
def test_a_grant_is_for_those_it_names(named: dict[str, Any], fits: bool) -> None:
    grant = replace(FUND, **named)
    why = code_reason([grant], SOUGHT)
    assert (why is None) == fits
    assert (grant_found([grant], SOUGHT) is not None) == fits
    if why is not None:
        assert why.sentence == "The grant “Small charities fund” is not for this employer."


@pytest.mark.parametrize(
    ("sought", "pk"),
    [
        pytest.param({}, 1, id="the code comes first"),
        pytest.param({"code": ""}, 2, id="given without a code"),
        pytest.param({"code": "wrong"}, 2, id="a wrong code takes nothing away"),
        pytest.param({"used": {1: 3}}, 2, id="the code is used up"),
        pytest.param({"code": "", "used": {2: 1}}, None, id="nothing is left"),
        pytest.param({"code": "", "today": date(2026, 12, 31)}, None, id="nothing holds yet"),
    ],
)
def test_a_place_gets_one_grant(sought: dict[str, Any], pk: int | None) -> None:
    found = grant_found([FUND, GIVEN], replace(SOUGHT, **sought))
    assert (found and found.pk) == pk


def test_of_several_that_need_no_code_the_one_that_ends_first_is_used() -> None:
    ends = replace(GIVEN, pk=3, valid_until=date(2027, 2, 28))
    found = grant_found([GIVEN, ends], replace(SOUGHT, code=""))
    assert found == ends


@pytest.mark.parametrize(
    ("typed", "bare"), [("small-27", "SMALL27"), (" Small 27 ", "SMALL27"), ("a–b", "AB"), ("", "")]
)
def test_codes_are_compared_without_what_people_put_between(typed: str, bare: str) -> None:
    assert bare_code(typed) == bare


def test_a_booking_gives_its_place_of_the_grant_back_unless_it_is_cancelled_late() -> None:
    given_back = set(BookingState) - USES_A_GRANT
    assert given_back == {
        BookingState.CANCELLED,
        BookingState.DECLINED,
        BookingState.EVENT_CANCELLED,
        BookingState.PROPOSED,
    }


pence = st.decimals(min_value=D("0.01"), max_value=D("500"), places=2)
terms = st.builds(
    GrantTerms,
    st.just("Fund"),
    st.frozensets(st.sampled_from([ATTENDANCE, LATE, NO_SHOW])),
    st.one_of(st.none(), st.decimals(min_value=D("0.01"), max_value=D(100), places=2)),
    st.just(D("12.34")),
)


@given(terms, pence, pence, pence)
def test_what_was_quoted_is_charged_and_a_grant_never_costs_anything(
    grant: GrantTerms, attendance: D, late: D, absent: D
) -> None:
    prices = (
        line(ATTENDANCE, str(attendance), "All"),
        line(LATE, str(late), "Late"),
        line(NO_SHOW, str(absent), "Absent"),
    )
    without = Board((NoticePolicy(10),), prices).agreed(PLACE, EVENT)
    agreed = replace(without, grant=GrantTerms.from_json(grant.to_json()))
    ends = {
        ATTENDANCE: settled_by_register(agreed, [SessionMark(Mark.PRESENT)]),
        NO_SHOW: settled_by_register(agreed, [SessionMark(Mark.ABSENT)]),
        LATE: settled_by_cancelling(agreed, EVENT, was_pending=False),
    }
    for kind, settlement in ends.items():
        quoted, full = agreed.quote.of(kind), without.quote.of(kind)
        [due] = settlement.dues
        assert quoted is not None
        assert full is not None
        assert due.price.amount == quoted.amount
        assert 0 <= quoted.amount <= full.amount
        assert (quoted.amount == full.amount) or kind in grant.kinds


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        pytest.param(date(2026, 12, 31), (False, False), id="too early"),
        pytest.param(date(2027, 1, 1), (True, True), id="the first day"),
        pytest.param(date(2027, 3, 31), (True, True), id="the last day"),
        pytest.param(date(2027, 4, 1), (False, True), id="after the end of the one that ends"),
    ],
)
def test_a_grant_holds_from_its_first_day_to_its_last(day: date, holds: tuple[bool, bool]) -> None:
    assert (FUND.holds_on(day), GIVEN.holds_on(day)) == holds


@pytest.mark.parametrize(
    ("grant", "kept"),
    [
        pytest.param(
            GrantTerms("Fund", frozenset({NO_SHOW, ATTENDANCE}), percent=D("33.50")),
            {
                "name": "Fund",
                "kinds": ["attendance", "no_show"],
                "percent": "33.50",
                "amount": None,
            },
            id="a share",
        ),
        pytest.param(
            GrantTerms("Fund", frozenset({LATE}), amount=D("40.00")),
            {"name": "Fund", "kinds": ["late_cancellation"], "percent": None, "amount": "40.00"},
            id="an amount",
        ),
    ],
)
def test_a_booking_keeps_the_terms_of_its_grant(grant: GrantTerms, kept: dict[str, Any]) -> None:
    assert grant.to_json() == kept
    assert GrantTerms.from_json(kept) == grant


def test_a_booking_without_a_grant_has_no_terms_of_one() -> None:
    assert GrantTerms.from_json({}) is None
