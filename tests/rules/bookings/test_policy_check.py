"""What is said about a policy's prices before it is released."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.rules.attendance import AttendanceRule
from bookings.rules.fees import Circumstances, PriceRule, price_for
from bookings.rules.place import AppliesTo, Place
from bookings.rules.policy_check import both, policy_reasons
from bookings.rules.prices import ChargeKind, FeeBase, FeeOutcome
from partnerships.rules.payers import Named
from partnerships.rules.reasons import Kind, Reason, blocks
from tests.rules.bookings.boards import (
    BRACKEN,
    FENMOOR,
    FREE,
    HIGHWOLD,
    NORTHGATE,
    SALTMARSH,
    Board,
    line,
)

ATTENDANCE, LATE, NO_SHOW = ChargeKind.ATTENDANCE, ChargeKind.LATE_CANCELLATION, ChargeKind.NO_SHOW
PARTNER, CHARITY = Named("partner", "Partner"), Named("charity", "Charity")
PAYERS = (PARTNER, CHARITY)
WHOLE = (line(ATTENDANCE, None, "Free"), line(LATE, "40", "Late"), line(NO_SHOW, "60", "Absent"))
STRICT = AttendanceRule(late_charged=True, early_minutes=15, early_charged=True)


def said(*more: PriceRule, payers: tuple[Named, ...] = PAYERS) -> list[str]:
    return [str(one) for one in policy_reasons((*WHOLE, *more), payers, (STRICT,))]


def test_a_whole_policy_has_nothing_against_it() -> None:
    assert said() == []


@pytest.mark.parametrize("board", [FENMOOR, SALTMARSH, HIGHWOLD, BRACKEN, NORTHGATE])
def test_the_invented_boards_can_be_released(board: Board) -> None:
    assert not blocks(policy_reasons(board.prices, PAYERS, board.registers))


CONTRADICTION = (
    "“{}” and “{}” apply equally but give different amounts."
    " Change one of them, or say more exactly what each is for."
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(line(LATE, "40", "A"), line(LATE, "50", "B"), id="for everyone"),
        pytest.param(line(LATE, "40", "A"), line(LATE, None, "B"), id="free and an amount"),
        pytest.param(
            line(ATTENDANCE, "40", "A", AppliesTo(longest=120)),
            line(ATTENDANCE, "50", "B", AppliesTo(shortest=120)),
            id="both bounds are included",
        ),
        pytest.param(
            line(LATE, "40", "A", notice_under=5), line(LATE, "50", "B", notice_under=5), id="tiers"
        ),
        pytest.param(
            line(LATE, "40", "A"), line(LATE, "40", "B", base=FeeBase.PER_DAY), id="another base"
        ),
    ],
)
def test_two_prices_that_disagree_about_one_place_block_it(
    one: PriceRule, other: PriceRule
) -> None:
    found = policy_reasons((one, other), (), (STRICT,))
    assert CONTRADICTION.format("A", "B") in {
        str(reason) for reason in found if reason.kind is Kind.BLOCKS
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(line(LATE, "40", "A"), line(LATE, "40", "B"), id="the same twice"),
        pytest.param(line(LATE, "40", "A"), line(NO_SHOW, "50", "B"), id="other kinds"),
        pytest.param(
            line(ATTENDANCE, "40", "A", AppliesTo(longest=120)),
            line(ATTENDANCE, "50", "B", AppliesTo(shortest=121)),
            id="next to each other",
        ),
        pytest.param(
            line(ATTENDANCE, "40", "A", AppliesTo(sector="x")),
            line(ATTENDANCE, "50", "B", AppliesTo(sector="y")),
            id="for others",
        ),
        pytest.param(
            line(ATTENDANCE, "40", "A", AppliesTo(sector="x")),
            line(ATTENDANCE, "50", "B", AppliesTo(area="y")),
            id="one is more specific",
        ),
    ],
)
def test_prices_that_do_not_meet_as_equals_are_no_contradiction(
    one: PriceRule, other: PriceRule
) -> None:
    found = policy_reasons((one, other), (), (STRICT,))
    assert "contradiction" not in {reason.code for reason in found}


def test_a_fee_that_rises_with_more_notice_blocks_it() -> None:
    assert said(line(LATE, "30", "Under five", notice_under=5)) == [
        "More notice would cost more: £30.00 by “Under five”, but £40.00 by “Late”."
        " Change one of the two amounts."
    ]


def test_it_also_rises_where_only_some_pay_that() -> None:
    lines = (
        line(LATE, "90", "Under five", notice_under=5),
        line(LATE, "95", "Charities", AppliesTo(payer_class="charity"), notice_under=9),
        line(LATE, "91", "Charities, under two", AppliesTo(payer_class="charity"), notice_under=2),
    )
    [sentence] = said(*lines)
    assert "£91.00 by “Charities, under two”, but £95.00 by “Charities”" in sentence


def test_shares_of_the_same_price_are_compared() -> None:
    share = FeeBase.PERCENT_OF_LIST_PRICE
    tiers = (
        line(LATE, "50", "Half", notice_under=5, base=share),
        line(LATE, "100", "All", notice_under=9, base=share),
    )
    free, _, absent = WHOLE
    found = policy_reasons((free, absent, *tiers), PAYERS, (STRICT,))
    assert [one.code for one in found] == ["rising_fee"]


SOMEWHERE = (
    "More notice would cost more for some places, such as a course of {}: {} by “Under five”, but {} by “Under ten”."
    " If there are such places, set a lowest amount for the fee that applies with less notice."
)
HALF_DAY, LIST, SHARE = (
    FeeBase.PER_HALF_DAY,
    FeeBase.PERCENT_OF_LIST_PRICE,
    FeeBase.PERCENT_OF_ATTENDANCE,
)


@pytest.mark.parametrize(
    ("ten", "five", "at_least", "said_of"),
    [
        pytest.param(
            ("30", FeeBase.FLAT),
            ("50", LIST),
            None,
            ("£59.00 in 1 session", "£29.50", "£30.00"),
            id="a share of a cheap course",
        ),
        pytest.param(("30", FeeBase.FLAT), ("50", LIST), "30", (), id="of at least as much"),
        pytest.param(
            ("20", FeeBase.PER_SESSION),
            ("50", FeeBase.FLAT),
            None,
            ("£100.00 in 10 sessions", "£50.00", "£200.00"),
            id="many sessions",
        ),
        pytest.param(("20", HALF_DAY), ("40", HALF_DAY), None, (), id="the same base"),
        pytest.param(
            ("25", FeeBase.FLAT),
            ("100", SHARE),
            None,
            ("£100.00 in 1 session", "£0.00", "£25.00"),
            id="who attends free",
        ),
        pytest.param(("50", SHARE), ("100", SHARE), None, (), id="shares of one fee"),
    ],
)
def test_a_fee_that_rises_only_for_some_places_is_said(
    ten: tuple[str, FeeBase],
    five: tuple[str, FeeBase],
    at_least: str | None,
    said_of: tuple[str, ...],
) -> None:
    """A published policy may do so, where no such course or employer exists."""
    lowest = Decimal(at_least) if at_least else None
    lines = (
        line(ATTENDANCE, "80", "Pays"),
        line(ATTENDANCE, None, "Free", AppliesTo(payer_class="partner")),
        line(NO_SHOW, "60", "Absent"),
        line(LATE, ten[0], "Under ten", notice_under=10, base=ten[1]),
        line(LATE, five[0], "Under five", notice_under=5, base=five[1], at_least=lowest),
    )
    found = policy_reasons(lines, PAYERS, (STRICT,))
    assert [str(one) for one in found] == ([SOMEWHERE.format(*said_of)] if said_of else [])
    assert not blocks(found)


def test_employers_without_a_price_are_named() -> None:
    only = line(ATTENDANCE, None, "Partners", AppliesTo(payer_class="partner"))
    [reason] = policy_reasons((only, *WHOLE[1:]), PAYERS, (STRICT,))
    assert (reason.kind, str(reason)) == (
        Kind.WARNS,
        "There is no price for “taking part” for some employers."
        " A person will decide each time for: Charity.",
    )


def test_a_kind_without_any_price_is_said_once() -> None:
    [reason] = policy_reasons(WHOLE[:2], PAYERS, (STRICT,))
    assert str(reason) == "There is no price for “not attending”. A person will decide each time."


@pytest.mark.parametrize(
    ("bands", "missing"),
    [
        (((None, 120), (121, None)), ""),
        (((None, 120), (100, None)), ""),
        (((60, 120), (180, 240)), "1 to 59 minutes, 121 to 179 minutes and more than 240 minutes"),
        (((None, 120),), "more than 120 minutes"),
        (((1, 120), (60, 90), (121, None)), ""),
    ],
)
def test_lengths_without_a_price_are_named(
    bands: tuple[tuple[int | None, int | None], ...], missing: str
) -> None:
    priced = [
        line(ATTENDANCE, "40", "The same for each", AppliesTo(shortest=first, longest=last))
        for first, last in bands
    ]
    found = [str(one) for one in policy_reasons((*priced, *WHOLE[1:]), PAYERS, (STRICT,))]
    sentence = f"There is no price for “taking part” for events of {missing}."
    assert found == ([f"{sentence} A person will decide each time."] if missing else [])


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (AppliesTo(), AppliesTo(), AppliesTo()),
        (AppliesTo(course="c"), AppliesTo(area="a"), AppliesTo(course="c", area="a")),
        (AppliesTo(course="c"), AppliesTo(course="d"), None),
        (AppliesTo(longest=120), AppliesTo(shortest=120), AppliesTo(shortest=120, longest=120)),
        (AppliesTo(longest=119), AppliesTo(shortest=120), None),
        (
            AppliesTo(shortest=60),
            AppliesTo(shortest=90, longest=100),
            AppliesTo(shortest=90, longest=100),
        ),
    ],
)
def test_where_two_prices_meet(one: AppliesTo, other: AppliesTo, meet: AppliesTo | None) -> None:
    assert both(one, other) == both(other, one) == meet


AMOUNTS = st.integers(0, 12).map(lambda tens: Decimal(tens * 10))
SCOPES = st.builds(
    AppliesTo,
    payer_class=st.sampled_from([None, "partner", "charity"]),
    event_type=st.sampled_from([None, "course", "briefing"]),
    longest=st.sampled_from([None, 120]),
)


@st.composite
def late_lines(draw: st.DrawFn) -> PriceRule:
    amount = draw(AMOUNTS)
    return PriceRule(
        LATE,
        FeeOutcome.AMOUNT if amount else FREE,
        amount,
        f"Line {draw(st.integers(1, 99))}",
        draw(SCOPES),
        notice_under=draw(st.sampled_from([None, 2, 5, 10])),
    )


PLACES = st.builds(
    Place,
    payer_class=st.sampled_from(["", "partner", "charity"]),
    event_type=st.sampled_from(["", "course", "briefing"]),
    sittings=st.sampled_from([(60,), (120,), (121,)]),
)


@given(st.lists(late_lines(), max_size=6), PLACES)
def test_in_a_policy_that_can_be_released_more_notice_never_costs_more(
    lines: list[PriceRule], place: Place
) -> None:
    if blocks(policy_reasons(lines, (), (STRICT,))):
        return
    prices = [price_for(Circumstances(LATE, place, notice), lines) for notice in range(12)]
    amounts = [one.amount for one in prices if one.outcome is not FeeOutcome.DECISION]
    assert amounts == sorted(amounts, reverse=True)


ASKED_EACH_TIME = "A person will decide each time."


@pytest.mark.parametrize(
    ("lines", "payers", "reason"),
    [
        pytest.param(
            (line(LATE, "40", "A"), line(NO_SHOW, "1", "C"), line(LATE, "50", "B")),
            (),
            Reason(
                Kind.BLOCKS,
                "contradiction",
                "“A” and “B” apply equally but give different amounts.",
                "Change one of them, or say more exactly what each is for.",
            ),
            id="another price between the two",
        ),
        pytest.param(
            (*WHOLE, line(LATE, "30", "Under five", notice_under=5)),
            PAYERS,
            Reason(
                Kind.BLOCKS,
                "rising_fee",
                "More notice would cost more: £30.00 by “Under five”, but £40.00 by “Late”.",
                "Change one of the two amounts.",
            ),
            id="a fee that rises",
        ),
        pytest.param(
            (*WHOLE[1:], line(ATTENDANCE, None, "Partners", AppliesTo(payer_class="partner"))),
            PAYERS,
            Reason(
                Kind.WARNS,
                "class_without_a_price",
                "There is no price for “taking part” for some employers.",
                "A person will decide each time for: Charity.",
            ),
            id="a kind of employer",
        ),
        pytest.param(
            WHOLE[1:],
            PAYERS,
            Reason(Kind.WARNS, "no_price", "There is no price for “taking part”.", ASKED_EACH_TIME),
            id="a kind of charge",
        ),
        pytest.param(
            (
                *WHOLE[1:],
                line(ATTENDANCE, "10", "Short", AppliesTo(longest=60)),
                line(ATTENDANCE, "20", "Long", AppliesTo(shortest=62)),
            ),
            PAYERS,
            Reason(
                Kind.WARNS,
                "length_without_a_price",
                "There is no price for “taking part” for events of 61 to 61 minutes.",
                ASKED_EACH_TIME,
            ),
            id="one minute between two lengths",
        ),
        pytest.param(
            (*WHOLE, line(ChargeKind.WALK_IN, "5", "Walk-in")),
            PAYERS,
            Reason(
                Kind.WARNS,
                "fee_without_effect",
                "There is a price for “coming without a booking”, but the policy does not charge it.",
                "Change the answer under “At the event”, or remove the price.",
            ),
            id="a fee without effect",
        ),
    ],
)
def test_each_reason_is_told_whole(
    lines: tuple[PriceRule, ...], payers: tuple[Named, ...], reason: Reason
) -> None:
    rule = AttendanceRule(late_charged=True, early_charged=True, walk_in_charged=False)
    assert reason in policy_reasons(lines, payers, (rule,))
