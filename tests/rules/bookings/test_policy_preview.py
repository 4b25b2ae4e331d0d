"""What a policy means for one event: spans of time, each with one fee for each kind of employer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.rules.agreed import Agreed
from bookings.rules.fees import PriceRule
from bookings.rules.notice import Counting, NoticePolicy, NoticeUnit
from bookings.rules.place import AppliesTo, Place
from bookings.rules.policy_preview import Span, cancellation_spans, in_one_word, preview
from bookings.rules.prices import ChargeKind, FeeOutcome
from bookings.rules.settlement import settled_by_cancelling
from govuk.rules.phrases import END_OF_DAY
from tests.rules.bookings import boards
from tests.rules.bookings.boards import ATTENDANCE, LATE, LONDON, NO_SHOW, Board, at, line

BOARDS = {name: one for name, one in vars(boards).items() if isinstance(one, Board)}
THURSDAY = date(2027, 4, 8)
A_PLACE = Place(event_type="course", delivery="in_person", sittings=(180,), list_price=Decimal(100))
TIERS = Board(
    notices=(NoticePolicy(10, clause="Ten working days."),),
    prices=(
        line(ATTENDANCE, None, "Free"),
        line(LATE, "25", "From five days"),
        line(LATE, "50", "Under five", notice_under=5),
        line(LATE, "90", "The others pay more", AppliesTo(payer_class="other")),
        line(NO_SHOW, "100", "Not there"),
    ),
)


def terms(board: Board, *payers: str, day: date = THURSDAY) -> list[Agreed]:
    return [board.agreed(replace(A_PLACE, payer_class=one), at(day)) for one in payers]


def end_of(day: date) -> datetime:
    """The last instant of a day in London."""
    return datetime.combine(day, END_OF_DAY, LONDON)


def test_each_span_has_its_end_and_a_fee_for_each_employer() -> None:
    assert preview(terms(TIERS, "partner", "other")).spans == (
        Span(end_of(date(2027, 3, 23)), ("Free", "Free")),
        Span(end_of(date(2027, 4, 1)), ("£25.00", "£90.00")),
        Span(at(THURSDAY), ("£50.00", "£90.00")),
    )


def test_a_tier_counts_its_notice_whatever_the_free_period_asks_beyond() -> None:
    """“Charge when notice is this or less” asks for one day more; “under five” stays under five."""
    board = replace(TIERS, notices=(NoticePolicy(10, counting=Counting.MORE_THAN),))
    assert [one.until for one in cancellation_spans(terms(board, "partner"))] == [
        end_of(date(2027, 3, 22)),
        end_of(date(2027, 4, 1)),
        at(THURSDAY),
    ]


def test_other_charges_follow_in_the_order_of_the_price_page() -> None:
    assert preview(terms(TIERS, "partner")).other == (
        ("Taking part", ("Free",)),
        ("Not attending", ("£100.00",)),
    )


@pytest.mark.parametrize(
    ("notice", "ends"),
    [
        (NoticePolicy(48, NoticeUnit.HOURS), ["06 April 09:30", "08 April 09:30"]),
        (NoticePolicy(0), ["08 April 09:30"]),
        (NoticePolicy(10, is_charged=False), ["08 April 09:30"]),
        (NoticePolicy(7, NoticeUnit.CALENDAR_DAYS), ["01 April 23:59", "08 April 09:30"]),
    ],
)
def test_a_span_ends_where_the_notice_does(notice: NoticePolicy, ends: list[str]) -> None:
    board = replace(TIERS, notices=(notice,), prices=(line(LATE, "50", "Late"),))
    found = cancellation_spans(terms(board, ""))
    assert [f"{one.until:%d %B %H:%M}" for one in found] == ends


@given(
    name=st.sampled_from(sorted(BOARDS)),
    payer=st.sampled_from(["", "partner", "private", "voluntary"]),
    day=st.dates(date(2027, 3, 1), date(2027, 6, 30)),
    before=st.timedeltas(timedelta(0), timedelta(days=40)),
)
def test_every_instant_costs_what_its_span_says(
    name: str, payer: str, day: date, before: timedelta
) -> None:
    [agreed] = terms(BOARDS[name], payer, day=day)
    received: datetime = (agreed.starts_at - before).astimezone(LONDON)
    span = next(
        one for one in cancellation_spans([agreed]) if received.timestamp() <= one.until.timestamp()
    )
    settled = settled_by_cancelling(agreed, received, was_pending=False)
    fee = in_one_word(settled.dues[0].price) if settled.dues else "Free"
    assert span.fees == (fee,)


def test_a_kind_that_only_some_can_owe_is_free_for_the_others() -> None:
    late = line(ChargeKind.LATE_ARRIVAL, "10", "Late", AppliesTo(payer_class="other"))
    board = replace(TIERS, prices=(*TIERS.prices, late))
    assert dict(preview(terms(board, "partner", "other")).other)["Arriving late"] == (
        "Free",
        "£10.00",
    )


def test_a_decision_is_named() -> None:
    board = replace(TIERS, prices=(PriceRule(LATE, FeeOutcome.DECISION),))
    assert cancellation_spans(terms(board, ""))[-1].fees == ("Ask us first",)


def test_tiers_of_other_employers_end_no_span() -> None:
    tier = line(LATE, "50", "Theirs", AppliesTo(payer_class="other"), notice_under=3)
    board = replace(TIERS, prices=(line(LATE, "25", "All"), tier))
    assert len(cancellation_spans(terms(board, "partner"))) == 2
    assert len(cancellation_spans(terms(board, "other"))) == 3
