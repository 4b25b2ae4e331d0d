"""At which list prices a late fee is said to rise with more notice, where it is a share of the course's price."""

from decimal import Decimal

import pytest

from bookings.rules.attendance import AttendanceRule
from bookings.rules.fees import PriceRule
from bookings.rules.policy_check import policy_reasons
from bookings.rules.prices import FeeBase
from partnerships.rules.reasons import Kind, Reason
from tests.rules.bookings.boards import ATTENDANCE, LATE, NO_SHOW, line

LIST = FeeBase.PERCENT_OF_LIST_PRICE
D = Decimal


def under_ten(amount: str, **says: object) -> PriceRule:
    return line(LATE, amount, "Under ten", notice_under=10, **says)


def under_five(amount: str, **says: object) -> PriceRule:
    return line(LATE, amount, "Under five", notice_under=5, **says)


@pytest.mark.parametrize(
    ("ten", "five", "said_of"),
    [
        pytest.param(
            under_ten("30"),
            under_five("50", base=LIST, less=D(10)),
            ("£79.00", "£29.50", "£30.00"),
            id="up to where the share less the booking fee is as much",
        ),
        pytest.param(
            under_ten("50", base=LIST),
            under_five("60"),
            ("£10,000.00", "£60.00", "£5,000.00"),
            id="however expensive",
        ),
        pytest.param(
            under_ten("1.20"),
            under_five("100", base=LIST),
            ("£1.00", "£1.00", "£1.20"),
            id="at a pound only",
        ),
        pytest.param(
            under_ten("0.50"), under_five("100", base=LIST), None, id="at less than a pound"
        ),
        pytest.param(
            under_ten("100", base=LIST, less=D("53.64"), at_most=D("6.04")),
            under_five("10", base=LIST),
            ("£60.00", "£6.00", "£6.04"),
            id="between two limits that round to one pound",
        ),
        pytest.param(
            under_ten("90", base=LIST),
            under_five("100", base=LIST, less=D("6.19"), at_least=D(54)),
            ("£61.00", "£54.81", "£54.90"),
            id="a pound above a limit",
        ),
    ],
)
def test_a_fee_that_rises_for_courses_of_some_price_is_said(
    ten: PriceRule, five: PriceRule, said_of: tuple[str, str, str] | None
) -> None:
    lines = (line(ATTENDANCE, None, "Free"), line(NO_SHOW, "60", "Absent"), ten, five)
    found = policy_reasons(lines, (), (AttendanceRule(),))
    if said_of is None:
        assert found == ()
        return
    price, less, more = said_of
    sentence = (
        f"More notice would cost more for some places, such as a course of {price} in 1 session:"
        f" {less} by “Under five”, but {more} by “Under ten”."
    )
    step = (
        "If there are such places, set a lowest amount for the fee that applies with less notice."
    )
    assert found == (Reason(Kind.WARNS, "rising_fee_somewhere", sentence, step),)
