"""At which notice, lengths and list prices a late fee is found to rise with more notice."""

from decimal import Decimal

import pytest

from bookings.rules.attendance import AttendanceRule
from bookings.rules.fees import PriceRule
from bookings.rules.place import EVERYWHERE, AppliesTo
from bookings.rules.policy_check import policy_reasons
from bookings.rules.prices import FeeBase
from partnerships.rules.reasons import Kind, Reason
from tests.rules.bookings.boards import ATTENDANCE, LATE, NO_SHOW, line

LIST, HALF_DAY = FeeBase.PERCENT_OF_LIST_PRICE, FeeBase.PER_HALF_DAY
D = Decimal
ALWAYS = line(ATTENDANCE, None, "Free"), line(NO_SHOW, "60", "Absent")
ANY_LENGTH, HOUR, HALF = line(LATE, "10", "Any"), AppliesTo(shortest=60), AppliesTo(shortest=240)
UP_TO_A_DAY = AppliesTo(longest=480)


def under_ten(amount: str, scope: AppliesTo = EVERYWHERE, **says: object) -> PriceRule:
    return line(LATE, amount, "Under ten", scope, notice_under=10, **says)


def under_five(amount: str, scope: AppliesTo = EVERYWHERE, **says: object) -> PriceRule:
    return line(LATE, amount, "Under five", scope, notice_under=5, **says)


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
    found = policy_reasons((*ALWAYS, ten, five), (), (AttendanceRule(),))
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


@pytest.mark.parametrize(
    ("lines", "rises"),
    [
        pytest.param(
            (line(LATE, "40", "Any"), line(LATE, "30", "None", notice_under=1)),
            [("£30.00", "None", "£40.00", "Any")],
            id="no notice at all",
        ),
        pytest.param(
            (
                line(LATE, "40", "Any"),
                line(LATE, "30", "Under five", notice_under=5),
                line(LATE, "20", "Under two", notice_under=2),
            ),
            [
                ("£20.00", "Under two", "£30.00", "Under five"),
                ("£30.00", "Under five", "£40.00", "Any"),
            ],
            id="twice",
        ),
        pytest.param(
            (ANY_LENGTH, line(LATE, "50", "Long", HOUR), under_five("30", HOUR)),
            [("£30.00", "Under five", "£50.00", "Long")],
            id="from an hour on",
        ),
        pytest.param(
            (ANY_LENGTH, under_ten("30", HALF), under_five("20", HALF, base=HALF_DAY)),
            [("£20.00", "Under five", "£30.00", "Under ten")],
            id="exactly half a day",
        ),
        pytest.param(
            (
                ANY_LENGTH,
                under_ten("30", UP_TO_A_DAY),
                under_five("20", UP_TO_A_DAY, base=HALF_DAY),
            ),
            [("£20.00", "Under five", "£30.00", "Under ten")],
            id="half a day of what may be a day long",
        ),
    ],
)
def test_a_fee_that_rises_for_some_notice_or_length_blocks_it(
    lines: tuple[PriceRule, ...], rises: list[tuple[str, str, str, str]]
) -> None:
    found = policy_reasons((*ALWAYS, *lines), (), (AttendanceRule(),))
    assert found == tuple(
        Reason(
            Kind.BLOCKS,
            "rising_fee",
            f"More notice would cost more: {less} by “{one}”, but {more} by “{other}”.",
            "Change one of the two amounts.",
        )
        for less, one, more, other in rises
    )


def test_a_fee_that_rises_only_for_short_events_of_many_sessions_is_said() -> None:
    lines = (
        under_ten("20", base=FeeBase.PER_SESSION),
        under_five("50"),
        line(LATE, "10", "An hour or longer", HOUR),
    )
    [reason] = policy_reasons((*ALWAYS, *lines), (), (AttendanceRule(),))
    assert reason.sentence == (
        "More notice would cost more for some places, such as a course of £100.00 in 10 sessions:"
        " £50.00 by “Under five”, but £200.00 by “Under ten”."
    )


TEN_MINUTES = AppliesTo(shortest=10, longest=10)


@pytest.mark.parametrize(
    ("attending", "late", "course"),
    [
        pytest.param(
            line(ATTENDANCE, "20", "Attending", base=FeeBase.PER_SESSION),
            (under_ten("30"), under_five("50", base=LIST)),
            "£59.00 in 1 session: £29.50 by “Under five”, but £30.00 by “Under ten”.",
            id="whatever attending costs",
        ),
        pytest.param(
            line(ATTENDANCE, None, "Free"),
            (under_ten("20", TEN_MINUTES, base=FeeBase.PER_SESSION), under_five("50", TEN_MINUTES)),
            "£100.00 in 10 sessions: £50.00 by “Under five”, but £200.00 by “Under ten”.",
            id="at one length only",
        ),
    ],
)
def test_a_place_where_a_fee_rises_is_one_that_the_fees_are_for(
    attending: PriceRule, late: tuple[PriceRule, ...], course: str
) -> None:
    found = policy_reasons((attending, ALWAYS[1], *late), (), (AttendanceRule(),))
    assert [one.sentence for one in found if one.code == "rising_fee_somewhere"] == [
        f"More notice would cost more for some places, such as a course of {course}"
    ]
