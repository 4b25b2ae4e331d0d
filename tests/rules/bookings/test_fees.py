"""Prices."""

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest

from bookings.rules.fees import Circumstances, Names, Price, PriceRule, price_for
from courses.rules.catalogue import half_days
from courses.rules.prices import ChargeKind, FeeBase, FeeOutcome
from courses.rules.states import EventType
from partnerships.rules.agencies import PayerClass
from partnerships.rules.reasons import Explanation

ATTENDANCE, LATE, NO_SHOW = ChargeKind.ATTENDANCE, ChargeKind.LATE_CANCELLATION, ChargeKind.NO_SHOW
FREE, AMOUNT, DECISION = FeeOutcome.FREE, FeeOutcome.AMOUNT, FeeOutcome.DECISION
PARTNER, PROFIT = PayerClass.PARTNER, PayerClass.PROFIT_MAKING
CHARITY = PayerClass.NOT_FOR_PROFIT

# Shaped after North Somerset (seed 002); the amounts are ours, no seed gives any.
NORTH_SOMERSET = (
    PriceRule(ATTENDANCE, FREE, clause="Partners attend free", payer_class=PARTNER),
    PriceRule(ATTENDANCE, AMOUNT, Decimal(80), "Others pay to attend"),
    PriceRule(NO_SHOW, AMOUNT, Decimal(50), "Everybody pays for staying away"),
    PriceRule(LATE, AMOUNT, Decimal(50), "Everybody pays for cancelling late"),
)
# Shaped after Nottinghamshire (seed 003).
NOTTINGHAMSHIRE = (
    *(
        PriceRule(ATTENDANCE, FREE, clause="Free of charge", payer_class=payer)
        for payer in (PARTNER, PayerClass.RELEVANT_AGENCY, PayerClass.CONTRIBUTOR)
    ),
    PriceRule(
        ATTENDANCE, AMOUNT, Decimal(75), "By type", payer_class=PROFIT, event_type=EventType.COURSE
    ),
    PriceRule(
        ATTENDANCE, AMOUNT, Decimal(30), "By type", payer_class=PROFIT, event_type=EventType.SEMINAR
    ),
)
CASE = Circumstances(ATTENDANCE, PARTNER, EventType.COURSE, "L3", "neglect")


@pytest.mark.parametrize(
    ("rules", "kind", "payer", "event_type", "outcome", "amount"),
    [
        pytest.param(NORTH_SOMERSET, NO_SHOW, PARTNER, "course", AMOUNT, 50, id="W30 police"),
        pytest.param(NORTH_SOMERSET, ATTENDANCE, PARTNER, "course", FREE, 0, id="W30 attends"),
        pytest.param(NORTH_SOMERSET, ATTENDANCE, PROFIT, "course", AMOUNT, 80, id="W30 nursery"),
        pytest.param(NOTTINGHAMSHIRE, ATTENDANCE, PROFIT, "course", AMOUNT, 75, id="W31 course"),
        pytest.param(NOTTINGHAMSHIRE, ATTENDANCE, PROFIT, "seminar", AMOUNT, 30, id="W31 seminar"),
        pytest.param(
            NOTTINGHAMSHIRE, ATTENDANCE, "contributor", "course", FREE, 0, id="W31 contributes"
        ),
        pytest.param(
            NOTTINGHAMSHIRE, ATTENDANCE, CHARITY, "course", DECISION, 0, id="W31 does not"
        ),
    ],
)
def test_worked_prices(
    rules: tuple[PriceRule, ...],
    kind: ChargeKind,
    payer: str,
    event_type: str,
    outcome: FeeOutcome,
    amount: int,
) -> None:
    price = price_for(replace(CASE, kind=kind, payer_class=payer, event_type=event_type), rules)
    assert (price.outcome, price.amount) == (outcome, Decimal(amount))


GENERAL = PriceRule(ATTENDANCE, AMOUNT, Decimal(10), "general")
BY_TYPE = PriceRule(ATTENDANCE, AMOUNT, Decimal(20), "type", event_type=EventType.COURSE)
BY_GROUP = PriceRule(ATTENDANCE, AMOUNT, Decimal(30), "group", group="L3")
BY_PAYER = PriceRule(ATTENDANCE, AMOUNT, Decimal(40), "payer", payer_class=PARTNER)
BY_COURSE = PriceRule(ATTENDANCE, AMOUNT, Decimal(50), "course", course="neglect")


@pytest.mark.parametrize("length", range(1, 6))
def test_the_most_specific_line_wins_in_any_order(length: int) -> None:
    ladder = (GENERAL, BY_TYPE, BY_GROUP, BY_PAYER, BY_COURSE)[:length]
    for order in permutations(ladder):
        assert price_for(CASE, order).explanation.clause == ladder[-1].clause


@pytest.mark.parametrize(
    "other",
    [
        replace(CASE, payer_class=PROFIT),
        replace(CASE, event_type=EventType.SEMINAR),
        replace(CASE, group="L2"),
        replace(CASE, course="neglect-2"),
        replace(CASE, kind=NO_SHOW),
    ],
)
def test_a_line_must_fit_in_everything_it_names(other: Circumstances) -> None:
    line = replace(BY_COURSE, payer_class=PARTNER, event_type=EventType.COURSE, group="L3")
    assert price_for(other, [line]).outcome is DECISION


# What went into the price of CASE.
IN_WORDS = (
    ("Charge", "Attendance fee"),
    ("Payer", "Safeguarding partner"),
    ("Type of event", "Course"),
    ("Group", "L3"),
    ("Course", "neglect"),
)


def test_what_no_line_covers_is_for_a_person() -> None:
    told = price_for(CASE, []).explanation
    assert told == Explanation(None, "", IN_WORDS, ("No line of the price list covers this case.",))


def test_two_equal_lines_that_disagree_are_for_a_person() -> None:
    price = price_for(CASE, [GENERAL, replace(GENERAL, amount=Decimal(11), clause="other")])
    assert price == Price(
        DECISION,
        Decimal(0),
        Explanation(
            None,
            "general; other",
            IN_WORDS,
            ("Two lines of the price list apply equally but give different amounts.",),
        ),
    )


def test_two_equal_lines_that_agree_are_one() -> None:
    assert price_for(CASE, [replace(GENERAL, clause="twice"), GENERAL]).amount == 10


@pytest.mark.parametrize(
    ("left", "amount"),
    [(0, "100.00"), (4, "100.00"), (5, "50.00"), (9, "50.00"), (10, "0.00"), (None, "0.00")],
)
def test_the_tightest_late_tier_wins(left: int | None, amount: str) -> None:
    tiers = (
        PriceRule(LATE, FREE, clause="in time"),
        PriceRule(LATE, AMOUNT, Decimal(50), "under ten", notice_under=10),
        PriceRule(LATE, AMOUNT, Decimal(100), "under five", notice_under=5),
    )
    for order in permutations(tiers):
        price = price_for(replace(CASE, kind=LATE, notice_left=left), order)
        assert price.amount == Decimal(amount)


@pytest.mark.parametrize(
    ("base", "halves", "amount", "step"),
    [
        (FeeBase.FLAT, 4, "25.00", "A flat fee of £25.00."),
        (FeeBase.PER_HALF_DAY, 1, "25.00", "1 half day at £25.00 comes to £25.00."),
        (FeeBase.PER_HALF_DAY, 3, "75.00", "3 half days at £25.00 comes to £75.00."),
        (FeeBase.PER_DAY, 1, "25.00", "1 day at £25.00 comes to £25.00."),
        (FeeBase.PER_DAY, 3, "50.00", "2 days at £25.00 comes to £50.00."),
        (FeeBase.PER_DAY, 4, "50.00", "2 days at £25.00 comes to £50.00."),
    ],
)
def test_bases(base: FeeBase, halves: int, amount: str, step: str) -> None:
    rule = PriceRule(ATTENDANCE, AMOUNT, Decimal(25), base=base)
    price = price_for(replace(CASE, half_days=halves), [rule])
    assert price.amount == Decimal(amount)
    assert price.explanation.steps == (step,)


SHARE = PriceRule(
    NO_SHOW, AMOUNT, Decimal("50"), "half the fee", base=FeeBase.PERCENT_OF_ATTENDANCE
)


@pytest.mark.parametrize(
    ("attendance", "outcome", "amount"),
    [
        pytest.param([PriceRule(ATTENDANCE, AMOUNT, Decimal("75.01"))], AMOUNT, "37.51", id="half"),
        pytest.param([PriceRule(ATTENDANCE, FREE)], FREE, "0.00", id="of nothing"),
        pytest.param([], DECISION, "0.00", id="of what nobody knows"),
    ],
)
def test_a_share_of_the_attendance_fee(
    attendance: list[PriceRule], outcome: FeeOutcome, amount: str
) -> None:
    price = price_for(replace(CASE, kind=NO_SHOW), [SHARE, *attendance])
    assert (price.outcome, price.amount) == (outcome, Decimal(amount))


def test_the_share_shows_its_arithmetic() -> None:
    price = price_for(replace(CASE, kind=NO_SHOW), [SHARE, *NORTH_SOMERSET[1:2]])
    assert price.explanation.steps == (
        "A flat fee of £80.00.",
        "50% of the attendance fee, £80.00, comes to £40.00.",
    )


def test_a_share_of_a_fee_that_nobody_has_decided_says_so_with_its_own_clause() -> None:
    told = price_for(replace(CASE, kind=NO_SHOW), [SHARE]).explanation
    assert told.clause == "half the fee"
    assert told.steps == ("This is a share of the attendance fee, which has not been decided.",)


def test_a_share_is_of_what_attending_costs_whatever_notice_was_given() -> None:
    lines = (replace(GENERAL, notice_under=5, amount=Decimal(60)), GENERAL)
    price = price_for(replace(CASE, kind=NO_SHOW, notice_left=2), [SHARE, *lines])
    assert price.amount == 5


def test_an_attendance_fee_is_no_share_of_itself() -> None:
    with pytest.raises(ValueError, match=r"^An attendance fee cannot be a share of itself\.$"):
        replace(SHARE, kind=ATTENDANCE)


def test_a_line_may_ask_for_a_decision() -> None:
    price = price_for(CASE, [PriceRule(ATTENDANCE, DECISION, clause="ask")])
    why = "The price list leaves this case for a person to decide."
    assert price.outcome is DECISION
    assert price.explanation == Explanation(None, "ask", IN_WORDS, (why,))


def test_the_grounds_are_in_words_and_can_be_stored() -> None:
    told = price_for(replace(CASE, kind=LATE, notice_left=4), NORTH_SOMERSET).explanation
    assert told.inputs == (
        ("Charge", "Late cancellation fee"),
        ("Payer", "Safeguarding partner"),
        ("Type of event", "Course"),
        ("Group", "L3"),
        ("Course", "neglect"),
        ("Notice given", "4"),
    )
    assert Explanation.from_json(told.to_json()) == told


def test_the_grounds_call_things_what_people_here_call_them() -> None:
    names = Names("Recognising neglect", "Level", {"L3": "Level 3"})
    told = price_for(replace(CASE, names=names), NORTH_SOMERSET).explanation
    assert told.inputs[-2:] == (("Level", "Level 3"), ("Course", "Recognising neglect"))


def test_an_unknown_payer_class_is_shown_as_it_is() -> None:
    told = price_for(replace(CASE, payer_class="guild", group=""), NORTH_SOMERSET).explanation
    assert dict(told.inputs)["Payer"] == "guild"
    assert "Group" not in dict(told.inputs)


@pytest.mark.parametrize(
    ("minutes", "expected"), [([], 0), ([180], 1), ([240], 1), ([241], 2), ([360, 360, 180], 5)]
)
def test_half_days_of_an_event(minutes: list[int], expected: int) -> None:
    assert half_days(minutes) == expected


def test_a_session_is_two_half_days_where_the_partnership_draws_the_line() -> None:
    assert half_days([180, 200], half_day_up_to=180) == 3
