"""Restrictions: how many places within how many months, until when, and what it means for a booking."""

from dataclasses import replace
from datetime import date

import pytest

from bookings.rules.eligibility import (
    Applicant,
    EventOnOffer,
    eligibility,
    may_join_waiting_list,
)
from bookings.rules.restriction import (
    Restricted,
    RestrictionEffect,
    RestrictionTerms,
    WastedPlace,
    WhatCounts,
    restriction_clause,
    restriction_due,
    restriction_reason,
    still_holds,
)
from bookings.rules.states import BookingState
from partnerships.rules.reasons import Kind, blocks
from tests.rules.bookings.test_places import NOW, OPEN, SOMEBODY

TODAY = date(2026, 11, 30)
THREE = RestrictionTerms(number=3, months=12, lasts_months=6)
WITH_LATE = replace(THREE, counts=WhatCounts.AND_LATE)


def place(day: date, state: BookingState = BookingState.NO_SHOW) -> WastedPlace:
    return WastedPlace(f"B{day:%y%m%d}", "Early help", day, state)


MARCH, JUNE, TODAYS = (place(day) for day in (date(2026, 3, 2), date(2026, 6, 9), TODAY))
LATE = place(date(2026, 9, 1), BookingState.LATE_CANCELLED)


@pytest.mark.parametrize(
    ("terms", "wasted", "begins"),
    [
        pytest.param(THREE, [MARCH, JUNE], False, id="two of three"),
        pytest.param(THREE, [MARCH, JUNE, TODAYS], True, id="three, one of them today"),
        pytest.param(THREE, [MARCH, JUNE, LATE], False, id="late cancellations do not count"),
        pytest.param(WITH_LATE, [MARCH, JUNE, LATE], True, id="unless the rule says so"),
        pytest.param(
            THREE, [place(date(2025, 11, 30)), MARCH, JUNE], False, id="a year ago to the day"
        ),
        pytest.param(
            THREE, [place(date(2025, 12, 1)), MARCH, JUNE], True, id="a day less than a year ago"
        ),
        pytest.param(
            THREE, [MARCH, JUNE, place(date(2026, 12, 1))], False, id="not what lies ahead"
        ),
        pytest.param(
            RestrictionTerms(1, 1, 1), [place(date(2026, 11, 1))], True, id="one is enough"
        ),
        pytest.param(THREE, [], False, id="nothing"),
    ],
)
def test_when_a_restriction_begins(
    terms: RestrictionTerms, wasted: list[WastedPlace], begins: bool
) -> None:
    assert (restriction_due(wasted, terms, TODAY) is not None) is begins


@pytest.mark.parametrize(
    ("today", "months", "until"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 11, 27), 6, date(2027, 5, 27)),
    ],
)
def test_it_ends_on_the_same_day_of_a_later_month_or_on_its_last(
    today: date, months: int, until: date
) -> None:
    terms = RestrictionTerms(1, 12, months)
    due = restriction_due([place(today)], terms, today)
    assert due is not None
    assert due.until == until


def test_the_months_before_are_counted_back_with_the_same_clamp() -> None:
    terms = RestrictionTerms(1, 1, 1)
    end_of_march = date(2027, 3, 31)
    assert restriction_due([place(date(2027, 2, 28))], terms, end_of_march) is None
    assert restriction_due([place(date(2027, 3, 1))], terms, end_of_march) is not None


def test_the_explanation_names_the_rule_each_date_and_the_end() -> None:
    due = restriction_due([TODAYS, LATE, MARCH], WITH_LATE, TODAY)
    assert due is not None
    assert due.places == (MARCH, LATE, TODAYS), "in the order of their days"
    assert due.why.clause == (
        "Someone who misses or cancels late for 3 events within 12 months cannot book for 6 months."
    )
    assert due.why.inputs == (
        ("Days that count", "after 30 November 2025, up to 30 November 2026"),
        ("Early help", "Did not attend, 2 March 2026"),
        ("Early help", "Cancelled late, 1 September 2026"),
        ("Early help", "Did not attend, 30 November 2026"),
    )
    assert due.why.steps == (
        "3 places count. The rule asks for 3.",
        "6 months from Monday 30 November 2026 is Sunday 30 May 2027.",
        "The restriction ends by itself on Sunday 30 May 2027.",
    )


def test_one_place_is_counted_in_the_singular() -> None:
    due = restriction_due([TODAYS], RestrictionTerms(1, 12, 1), TODAY)
    assert due is not None
    assert due.why.steps == (
        "1 place counts. The rule asks for 1.",
        "1 month from Monday 30 November 2026 is Wednesday 30 December 2026.",
        "The restriction ends by itself on Wednesday 30 December 2026.",
    )


def test_the_rule_in_a_sentence_for_approval() -> None:
    terms = RestrictionTerms(2, 1, 3, effect=RestrictionEffect.APPROVAL)
    assert restriction_clause(terms) == (
        "Someone who misses 2 events within 1 month needs the training team’s approval"
        " for each place they book for 3 months."
    )


@pytest.mark.parametrize(
    ("now", "number", "holds"),
    [
        ({"A", "B", "C"}, 3, True),
        ({"A", "B"}, 3, False),
        ({"A", "B", "D"}, 3, False),
        ({"A", "B"}, 2, True),
    ],
)
def test_a_correction_takes_the_grounds_away(now: set[str], number: int, holds: bool) -> None:
    assert still_holds(["A", "B", "C"], now, number) is holds


BLOCKED = Restricted(RestrictionEffect.BLOCKS, date(2027, 5, 30))
APPROVED = Restricted(RestrictionEffect.APPROVAL, date(2027, 5, 30))


def test_how_a_booking_is_refused() -> None:
    assert str(restriction_reason(BLOCKED)) == (
        "You cannot book, because of places that were not used, until Sunday 30 May 2027."
        " My learning shows why, and how to appeal."
    )
    assert str(restriction_reason(BLOCKED, "Piet Harbour")) == (
        "Piet Harbour cannot book, because of places that were not used, until Sunday 30 May 2027."
    )


def test_how_a_booking_waits() -> None:
    reason = restriction_reason(APPROVED)
    assert reason.kind is Kind.NEEDS_APPROVAL
    assert str(reason) == (
        "The training team has to approve this, because of places that were not used, until Sunday"
        " 30 May 2027. We will hold the place until then."
    )


def reasons_for(someone: Applicant, event: EventOnOffer) -> dict[str, Kind]:
    return {one.code: one.kind for one in eligibility(someone, event, NOW)}


def test_it_is_a_reason_before_booking() -> None:
    assert reasons_for(replace(SOMEBODY, restricted=BLOCKED), OPEN) == {"restricted": Kind.BLOCKS}
    assert reasons_for(replace(SOMEBODY, restricted=APPROVED), OPEN) == {
        "restricted": Kind.NEEDS_APPROVAL
    }


def test_no_one_who_cannot_book_joins_a_waiting_list_but_who_needs_approval_does() -> None:
    full = replace(OPEN, places_left=0)
    blocked = eligibility(replace(SOMEBODY, restricted=BLOCKED), full, NOW)
    approved = eligibility(replace(SOMEBODY, restricted=APPROVED), full, NOW)
    assert blocks(blocked)
    assert not may_join_waiting_list(blocked)
    assert may_join_waiting_list(approved)
