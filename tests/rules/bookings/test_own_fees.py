"""Fees that a policy names for what happened at the register: beside attending, or in place of an absence."""

from dataclasses import replace
from datetime import date

import pytest

from bookings.rules.agreed import Agreed
from bookings.rules.attendance import AttendanceRule, SessionMark
from bookings.rules.notice import NoticePolicy
from bookings.rules.place import Place
from bookings.rules.prices import ChargeKind
from bookings.rules.settlement import settled_by_register
from bookings.rules.states import Mark
from courses.rules.states import Delivery
from tests.rules.bookings.boards import ATTENDANCE, LATE, NO_SHOW, Board, at, line

LATE_FEE, EARLY_FEE = ChargeKind.LATE_ARRIVAL, ChargeKind.LEFT_EARLY
WALK_IN, NOT_DONE = ChargeKind.WALK_IN, ChargeKind.NOT_COMPLETED
PRESENT, ABSENT = SessionMark(Mark.PRESENT), SessionMark(Mark.ABSENT)
LATE_90, EARLY_90 = SessionMark(Mark.LATE, 90), SessionMark(Mark.LEFT_EARLY, minutes_early=90)
STRICT = AttendanceRule(grace_minutes=15, early_minutes=15, late_charged=True, early_charged=True)
PRICES = (
    line(ATTENDANCE, "80", "Attending"),
    line(LATE, "50", "Late"),
    line(NO_SHOW, "50", "Absent"),
)
IN_PERSON = Place(course="neglect", sittings=(180,), delivery=Delivery.IN_PERSON)
ONLINE = replace(IN_PERSON, delivery=Delivery.E_LEARNING)


def priced(*kinds: ChargeKind, place: Place = IN_PERSON, **rule: bool) -> Agreed:
    """A strict policy that names fees of their own for these kinds."""
    own = tuple(line(kind, "10", kind.label) for kind in kinds)
    board = Board((NoticePolicy(10),), PRICES + own, replace(STRICT, **rule))
    return board.agreed(place, at(date(2027, 4, 15)))


@pytest.mark.parametrize(
    ("terms", "marks", "walk_in", "kinds"),
    [
        pytest.param(priced(), [LATE_90], False, [NO_SHOW], id="late, as if absent"),
        pytest.param(
            priced(LATE_FEE), [LATE_90], False, [ATTENDANCE, LATE_FEE], id="late, own fee"
        ),
        pytest.param(
            priced(LATE_FEE, late_admitted=False), [LATE_90], False, [LATE_FEE], id="turned away"
        ),
        pytest.param(
            priced(LATE_FEE, late_charged=False), [LATE_90], False, [ATTENDANCE], id="forgiven"
        ),
        pytest.param(priced(), [EARLY_90], False, [NO_SHOW], id="early, as if absent"),
        pytest.param(
            priced(EARLY_FEE), [EARLY_90], False, [ATTENDANCE, EARLY_FEE], id="early, own fee"
        ),
        pytest.param(
            priced(LATE_FEE, EARLY_FEE),
            [LATE_90, EARLY_90],
            False,
            [ATTENDANCE, LATE_FEE, EARLY_FEE],
            id="late one day and early the other",
        ),
        pytest.param(
            priced(LATE_FEE), [LATE_90, EARLY_90], False, [NO_SHOW], id="one of them as if absent"
        ),
        pytest.param(priced(LATE_FEE), [ABSENT], False, [NO_SHOW], id="absent"),
        pytest.param(priced(), [PRESENT], True, [ATTENDANCE], id="walk-in"),
        pytest.param(
            priced(WALK_IN), [PRESENT], True, [ATTENDANCE, WALK_IN], id="walk-in with surcharge"
        ),
        pytest.param(priced(WALK_IN), [PRESENT], False, [ATTENDANCE], id="booked: no surcharge"),
        pytest.param(
            priced(NOT_DONE, place=ONLINE), [ABSENT], False, [NOT_DONE], id="e-learning not done"
        ),
        pytest.param(priced(NOT_DONE), [ABSENT], False, [NO_SHOW], id="not online"),
    ],
)
def test_which_charges_follow_from_the_register(
    terms: Agreed, marks: list[SessionMark], walk_in: bool, kinds: list[ChargeKind]
) -> None:
    settled = settled_by_register(terms, marks, walk_in=walk_in)
    assert [due.kind for due in settled.charges] == kinds


@pytest.mark.parametrize("kind", [LATE_FEE, EARLY_FEE, WALK_IN, NOT_DONE])
def test_a_kind_is_quoted_where_the_policy_prices_it(kind: ChargeKind) -> None:
    quoted = priced(kind, place=ONLINE).quote.of(kind)
    assert quoted is not None
    assert quoted.amount == 10
    assert priced().quote.of(kind) is None
