"""A simulation puts bookings on the terms of a version and settles them as every booking is settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.rules.attendance import SessionMark
from bookings.rules.exemptions import ExemptionRule
from bookings.rules.grants import GrantTerms
from bookings.rules.place import Place
from bookings.rules.prices import ChargeKind, FeeBase
from bookings.rules.settlement import settled_by_cancelling, settled_by_register
from bookings.rules.states import Mark
from finance.rules.simulation import Compared, Ended, PolicyVersion, compared, dues_under
from tests.rules.bookings.boards import (
    BRACKEN,
    CALENDAR,
    FENMOOR,
    LATE,
    LONDON,
    NO_SHOW,
    NORTHGATE,
    SALTMARSH,
    Board,
    at,
    line,
)
from tests.rules.bookings.chances import BEFORE, MARKS, PLACES, STARTS, boards

EVENT = at(date(2027, 4, 15))
PLACE = Place(course="c", group="L2", event_type="course", delivery="in_person", sittings=(360,))
PRESENT, ABSENT = SessionMark(Mark.PRESENT), SessionMark(Mark.ABSENT)


def version(board: Board, *, keep_late_charge: bool = True) -> PolicyVersion:
    """A board's policy as one version."""
    return PolicyVersion(
        notices=board.notices,
        prices=board.prices,
        registers=board.registers,
        half_day_minutes=board.half_day_minutes,
        keep_late_charge=keep_late_charge,
        calendar=CALENDAR,
        tz=LONDON,
    )


def ended(board: Board, agreed_to: PolicyVersion, place: Place = PLACE, **says: object) -> Ended:
    """A booking for the event, on the terms of a board."""
    until = board.agreed(place, EVENT).deadline.instant
    return Ended(place, EVENT, until, agreed_to, **says)  # type: ignore[arg-type]


@given(boards(), boards(), PLACES, STARTS, BEFORE)
def test_a_cancellation_is_simulated_as_it_is_settled_one_by_one(
    then: Board, draft: Board, place: Place, starts_at: datetime, before: timedelta
) -> None:
    own, other, received = version(then), version(draft), starts_at - before
    until = then.agreed(place, starts_at).deadline.instant
    one = Ended(place, starts_at, until, own, received)
    for board, under in ((then, own), (draft, other)):
        settled = settled_by_cancelling(board.agreed(place, starts_at), received, was_pending=False)
        assert dues_under(under, one) == settled.charges


@given(boards(), boards(), PLACES, STARTS, MARKS, st.booleans())
def test_a_register_is_simulated_as_it_is_settled_one_by_one(
    then: Board,
    draft: Board,
    place: Place,
    starts_at: datetime,
    marks: list[SessionMark],
    walk_in: bool,
) -> None:
    one = Ended(place, starts_at, starts_at, version(then), None, tuple(marks), walk_in)
    settled = settled_by_register(draft.agreed(place, starts_at), marks, walk_in=walk_in)
    assert dues_under(version(draft), one) == settled.charges


@pytest.mark.parametrize(
    ("extended_to", "received", "own", "drafted"),
    [
        pytest.param(None, EVENT - timedelta(days=2), "30", "35", id="late for both"),
        pytest.param(None, EVENT - timedelta(days=8), "", "35", id="the draft asks for more"),
        pytest.param(
            EVENT - timedelta(hours=1),
            *(EVENT - timedelta(days=1), "", ""),
            id="given in exchange for a move: it would have been given too",
        ),
        pytest.param(
            EVENT - timedelta(hours=1),
            *(EVENT - timedelta(minutes=5), "30", "35"),
            id="and later than that",
        ),
    ],
)
def test_which_deadline_holds(
    extended_to: datetime | None, received: datetime, own: str, drafted: str
) -> None:
    mine, draft = version(NORTHGATE), version(BRACKEN)
    one = ended(NORTHGATE, mine, received_at=received)
    one = replace(one, free_until=extended_to or one.free_until)
    for under, amount in ((mine, own), (draft, drafted)):
        charged = [due.price.amount for due in dues_under(under, one)]
        assert charged == ([Decimal(amount)] if amount else [])


def test_the_version_that_was_agreed_to_keeps_its_own_date_even_if_it_is_earlier() -> None:
    """A closure day that was taken back makes the count later; the booking keeps what it was told."""
    mine = version(NORTHGATE)
    told = EVENT - timedelta(days=20)
    one = replace(ended(NORTHGATE, mine, received_at=EVENT - timedelta(days=15)), free_until=told)
    assert [due.price.amount for due in dues_under(mine, one)] == [Decimal(30)]
    assert dues_under(version(NORTHGATE), one) == ()


@pytest.mark.parametrize(("keeps", "number"), [(True, 1), (False, 0)])
def test_w32_a_late_fee_lapses_if_the_version_says_so_and_the_event_is_cancelled(
    keeps: bool, number: int
) -> None:
    draft = version(BRACKEN, keep_late_charge=keeps)
    one = ended(BRACKEN, draft, received_at=EVENT - timedelta(days=1), event_cancelled=True)
    assert len(dues_under(draft, one)) == number
    assert len(dues_under(draft, replace(one, event_cancelled=False))) == 1


def amounts(version: PolicyVersion, one: Ended) -> list[tuple[ChargeKind, str]]:
    return [(due.kind, str(due.price.amount)) for due in dues_under(version, one)]


GRANT = GrantTerms("Small charities", frozenset({LATE, NO_SHOW}), percent=Decimal(50))
EXEMPT = ExemptionRule(1, "Flooded", date(2027, 4, 15), date(2027, 4, 15))
EXTRAS = ChargeKind.EXTRAS
WITH_EXTRAS = line(EXTRAS, "100", "Extra costs", base=FeeBase.PERCENT_OF_EXTRAS)


@pytest.mark.parametrize(
    ("says", "late", "absent"),
    [
        pytest.param({}, [(LATE, "30.00")], [(NO_SHOW, "65.00")], id="like others"),
        pytest.param({"grant": GRANT}, [(LATE, "15.00")], [(NO_SHOW, "32.50")], id="a grant"),
        pytest.param(
            {"extras": (("Interpreter", Decimal("120.00")),)},
            [(LATE, "30.00"), (EXTRAS, "120.00")],
            [(NO_SHOW, "65.00"), (EXTRAS, "120.00")],
            id="extra costs",
        ),
        pytest.param({"exemptions": (EXEMPT,)}, [], [], id="an exemption"),
    ],
)
def test_a_booking_keeps_its_own_grant_extra_costs_and_exemptions(
    says: dict[str, object],
    late: list[tuple[ChargeKind, str]],
    absent: list[tuple[ChargeKind, str]],
) -> None:
    board = replace(NORTHGATE, prices=(*NORTHGATE.prices, WITH_EXTRAS))
    draft = version(board)
    cancelled = ended(board, draft, received_at=EVENT - timedelta(days=1), **says)
    assert amounts(draft, cancelled) == late
    assert amounts(draft, ended(board, draft, marks=(ABSENT,), **says)) == absent


@pytest.mark.parametrize("grant", [None, GRANT])
def test_who_comes_without_a_booking_pays_for_that(grant: GrantTerms | None) -> None:
    draft = version(FENMOOR)
    booked = ended(FENMOOR, draft, marks=(PRESENT,), grant=grant)
    assert amounts(draft, booked) == []
    assert amounts(draft, replace(booked, walk_in=True)) == [(ChargeKind.WALK_IN, "15.00")]


def test_a_version_answers_for_each_booking_whatever_it_was_asked_before() -> None:
    draft = version(BRACKEN)
    day = replace(PLACE, group="L3")
    for place, marks, expected in (
        (PLACE, (ABSENT,), [(NO_SHOW, "70.00")]),
        (PLACE, (PRESENT,), []),
        (day, (PRESENT,), [(ChargeKind.ATTENDANCE, "80.00")]),
        (PLACE, (ABSENT,), [(NO_SHOW, "70.00")]),
    ):
        assert amounts(draft, ended(BRACKEN, draft, place, marks=marks)) == expected


def test_a_version_counts_for_each_day_and_notice_whatever_it_was_asked_before() -> None:
    draft = version(BRACKEN)
    individual = replace(PLACE, payer_class="individual")
    for place, starts_at in (
        (PLACE, EVENT),
        (individual, EVENT),
        (PLACE, EVENT + timedelta(days=20)),
    ):
        agreed = BRACKEN.agreed(place, starts_at)
        assert draft.agreed(place, starts_at) == agreed


def test_half_days_are_as_long_as_the_version_says() -> None:
    long, short = (version(replace(BRACKEN, half_day_minutes=minutes)) for minutes in (240, 180))
    place = replace(PLACE, group="L3", sittings=(200, 200, 200))
    one = ended(BRACKEN, long, place, marks=(PRESENT,))
    assert [dues_under(under, one)[0].price.amount for under in (long, short)] == [160, 240]


def test_what_a_person_decides_is_counted_and_adds_nothing() -> None:
    draft = version(SALTMARSH)
    one = compared(
        (Decimal(40), None), dues_under(draft, ended(SALTMARSH, draft, marks=(PRESENT,)))
    )
    assert one == Compared(1, Decimal(40), Decimal(0), 1, 1)
    assert one.difference == -40


def test_what_is_charged_and_what_would_be_are_added_up() -> None:
    draft = version(NORTHGATE)
    dues = dues_under(draft, ended(NORTHGATE, draft, marks=(ABSENT,)))
    one = compared((Decimal(40), Decimal(5)), dues)
    assert one == Compared(1, Decimal(45), Decimal(65), 0, 0)
    assert one.difference == 20


def test_nothing_is_an_amount_too() -> None:
    assert repr(compared((), ())) == repr(Compared(1))


AMOUNTS = st.integers(0, 999).map(Decimal)
NUMBERS = st.integers(0, 9)
FIGURES = st.builds(Compared, NUMBERS, AMOUNTS, AMOUNTS, NUMBERS, NUMBERS)


@given(st.lists(FIGURES))
def test_lines_sum_to_their_total(lines: list[Compared]) -> None:
    total = sum(lines, Compared())
    assert total.difference == sum(line.difference for line in lines)
    for name in ("bookings", "charged", "simulated", "to_decide", "simulated_to_decide"):
        assert getattr(total, name) == sum(getattr(line, name) for line in lines)
