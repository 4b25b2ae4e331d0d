"""Extra costs of a place: when they can be recorded, and what becomes of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bookings.rules.agreed import Agreed
from bookings.rules.attendance import SessionMark
from bookings.rules.extras import extra_amount_reason, extra_cost_reason
from bookings.rules.fees import PriceRule
from bookings.rules.money import Rounding
from bookings.rules.notice import NoticePolicy
from bookings.rules.place import Place
from bookings.rules.policy_words import price_in_words
from bookings.rules.prices import ChargeKind, FeeBase
from bookings.rules.settlement import Settlement, settled_by_cancelling, settled_by_register
from bookings.rules.states import BookingState, Mark
from tests.rules.bookings.boards import AMOUNT, ATTENDANCE, LATE, NO_SHOW, Board, at, line

D = Decimal
EXTRAS, EVENT = ChargeKind.EXTRAS, at(date(2027, 4, 15))
COSTS = (("Interpreter", D("120.00")), ("Large print", D("4.50")))
OWN = line(EXTRAS, "100", "Extra costs", base=FeeBase.PERCENT_OF_EXTRAS)
HALF = line(EXTRAS, "50", "Half of extra costs", base=FeeBase.PERCENT_OF_EXTRAS)
FEES = (line(ATTENDANCE, None, "Free"), line(LATE, "40", "Late"), line(NO_SHOW, "75", "Absent"))
ADDED = (
    line(ATTENDANCE, None, "Free"),
    line(LATE, "40", "Late, and what it cost", plus_extras=True),
    line(NO_SHOW, "100", "List price", base=FeeBase.PERCENT_OF_LIST_PRICE, plus_extras=True),
)
PLACE = Place(course="neglect", sittings=(180,), list_price=D("95"))


def terms(*prices: PriceRule, costs: tuple[tuple[str, D], ...] = COSTS) -> Agreed:
    """A policy's terms for a place with these extra costs."""
    return replace(Board((NoticePolicy(10),), prices).agreed(PLACE, EVENT), extras=costs)


def came(agreed: Agreed) -> Settlement:
    return settled_by_register(agreed, [SessionMark(Mark.PRESENT)])


def stayed_away(agreed: Agreed) -> Settlement:
    return settled_by_register(agreed, [SessionMark(Mark.ABSENT)])


def cancelled_late(agreed: Agreed) -> Settlement:
    return settled_by_cancelling(agreed, EVENT, was_pending=False)


def cancelled_in_time(agreed: Agreed) -> Settlement:
    return settled_by_cancelling(agreed, agreed.deadline.instant, was_pending=False)


def owed(settlement: Settlement) -> dict[ChargeKind, D]:
    return {due.kind: due.price.amount for due in settlement.charges}


@pytest.mark.parametrize(
    ("prices", "costs", "expected"),
    [
        pytest.param(
            (*FEES, OWN),
            COSTS,
            [{EXTRAS: 124.5}, {NO_SHOW: 75, EXTRAS: 124.5}, {LATE: 40, EXTRAS: 124.5}],
            id="charged by themselves",
        ),
        pytest.param(
            (*FEES, HALF),
            COSTS,
            [{EXTRAS: 62.25}, {NO_SHOW: 75, EXTRAS: 62.25}, {LATE: 40, EXTRAS: 62.25}],
            id="shared",
        ),
        pytest.param(FEES, COSTS, [{}, {NO_SHOW: 75}, {LATE: 40}], id="not charged"),
        pytest.param((*FEES, OWN), (), [{}, {NO_SHOW: 75}, {LATE: 40}], id="there are none"),
        pytest.param(
            ADDED, COSTS, [{}, {NO_SHOW: 219.5}, {LATE: 164.5}], id="added to a wasted place"
        ),
        pytest.param(
            (*ADDED, OWN),
            COSTS,
            [{EXTRAS: 124.5}, {NO_SHOW: 219.5}, {LATE: 164.5}],
            id="never charged twice",
        ),
    ],
)
def test_extra_costs_are_charged_if_the_policy_says_so(
    prices: tuple[PriceRule, ...],
    costs: tuple[tuple[str, D], ...],
    expected: list[dict[ChargeKind, float]],
) -> None:
    agreed = terms(*prices, costs=costs)
    found = [owed(end(agreed)) for end in (came, stayed_away, cancelled_late)]
    assert found == [{kind: D(str(amount)) for kind, amount in one.items()} for one in expected]
    assert owed(cancelled_in_time(agreed)) == {}


def test_every_pound_is_explained() -> None:
    [own] = came(terms(*FEES, OWN)).charges
    assert own.price.explanation.clause == "Extra costs"
    assert own.price.explanation.steps == (
        "100% of the extra costs of the booking, £124.50, comes to £124.50.",
    )
    for cost in ("Interpreter, £120.00", "Large print, £4.50"):
        assert ("Extra cost", cost) in own.price.explanation.inputs
    [added] = stayed_away(terms(*ADDED)).charges
    assert added.price.explanation.steps[-1] == "Plus the extra costs of £124.50, that is £219.50."


def test_a_fee_to_which_they_are_added_says_so_before_there_are_any() -> None:
    price = terms(*ADDED, costs=()).owed(NO_SHOW)
    assert price is not None
    assert price.amount == D(95)
    assert price.explanation.steps[-1] == "Extra costs recorded for the booking are added: none."


def test_they_are_added_after_limits_and_rounding() -> None:
    says = {"at_most": D(30), "rounding": Rounding.POUND, "plus_extras": True}
    limited = line(NO_SHOW, "75.40", "Absent", **says)
    assert owed(stayed_away(terms(limited))) == {NO_SHOW: D("154.50")}


def test_they_are_not_in_the_quote_until_they_are_recorded() -> None:
    assert terms(*FEES, OWN, costs=()).quote.of(EXTRAS) is None
    quoted = terms(*FEES, OWN).quote.of(EXTRAS)
    assert quoted is not None
    assert quoted.amount == D("124.50")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (OWN, "100% of the extra costs agreed for a place"),
        (
            PriceRule(NO_SHOW, AMOUNT, D(75), plus_extras=True),
            "£75.00, plus the extra costs agreed for the place",
        ),
    ],
)
def test_the_public_page_says_it(rule: PriceRule, words: str) -> None:
    assert price_in_words(rule) == words


@pytest.mark.parametrize("state", list(BookingState))
def test_costs_can_change_until_the_place_is_settled(state: BookingState) -> None:
    reason = extra_cost_reason(state)
    assert (reason is None) == (state in {BookingState.PENDING, BookingState.BOOKED})
    assert reason is None or reason.next_step
    if state is BookingState.PROPOSED:
        assert reason is not None
        assert reason.sentence == "A colleague still has this place."
    elif reason is not None:
        assert reason.sentence == "What this place costs has already been worked out."


@pytest.mark.parametrize(
    ("amount", "possible"),
    [("0.01", True), ("9999.99", True), ("0", False), ("-1", False), ("10000", False)],
)
def test_an_amount_is_above_nothing(amount: str, possible: bool) -> None:
    reason = extra_amount_reason(D(amount))
    assert (reason is None) == possible
    assert reason is None or (reason.code, bool(reason.next_step)) == ("amount", True)
