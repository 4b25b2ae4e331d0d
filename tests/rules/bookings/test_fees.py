"""Prices."""

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest

from bookings.rules.fees import Circumstances, Price, PriceRule, price_for
from bookings.rules.money import Rounding
from bookings.rules.place import AppliesTo, Place
from bookings.rules.prices import ChargeKind, FeeBase, FeeOutcome
from courses.rules.catalogue import half_days
from courses.rules.states import EventType
from partnerships.rules.agencies import UsualPayerClass
from partnerships.rules.reasons import Explanation

ATTENDANCE, LATE, NO_SHOW = ChargeKind.ATTENDANCE, ChargeKind.LATE_CANCELLATION, ChargeKind.NO_SHOW
FREE, AMOUNT, DECISION = FeeOutcome.FREE, FeeOutcome.AMOUNT, FeeOutcome.DECISION
PARTNER, PROFIT = UsualPayerClass.PARTNER, UsualPayerClass.PROFIT_MAKING
CHARITY = UsualPayerClass.NOT_FOR_PROFIT

# Shaped after North Somerset (seed 002); the amounts are ours, no seed gives any.
NORTH_SOMERSET = (
    PriceRule(
        ATTENDANCE, FREE, clause="Partners attend free", scope=AppliesTo(payer_class=PARTNER)
    ),
    PriceRule(ATTENDANCE, AMOUNT, Decimal(80), "Others pay to attend"),
    PriceRule(NO_SHOW, AMOUNT, Decimal(50), "Everybody pays for staying away"),
    PriceRule(LATE, AMOUNT, Decimal(50), "Everybody pays for cancelling late"),
)
# Shaped after Nottinghamshire (seed 003).
NOTTINGHAMSHIRE = (
    *(
        PriceRule(ATTENDANCE, FREE, clause="Free of charge", scope=AppliesTo(payer_class=payer))
        for payer in (PARTNER, UsualPayerClass.RELEVANT_AGENCY, UsualPayerClass.CONTRIBUTOR)
    ),
    PriceRule(
        ATTENDANCE,
        AMOUNT,
        Decimal(75),
        "By type",
        AppliesTo(payer_class=PROFIT, event_type=EventType.COURSE),
    ),
    PriceRule(
        ATTENDANCE,
        AMOUNT,
        Decimal(30),
        "By type",
        AppliesTo(payer_class=PROFIT, event_type=EventType.SEMINAR),
    ),
)
PLACE = Place(
    course="neglect",
    payer_class=PARTNER,
    group="L3",
    event_type=EventType.COURSE,
    sittings=(180,),
    labels=(("Payer", "Safeguarding partner"), ("Type of event", "Course"), ("Group", "Level 3")),
)
CASE = Circumstances(ATTENDANCE, PLACE)


def at(place: Place = PLACE, kind: ChargeKind = ATTENDANCE, **facts: object) -> Circumstances:
    """The case of a place that differs in some facts."""
    return Circumstances(kind, replace(place, **facts))  # type: ignore[arg-type]


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
    price = price_for(at(kind=kind, payer_class=payer, event_type=event_type), rules)
    assert (price.outcome, price.amount) == (outcome, Decimal(amount))


GENERAL = PriceRule(ATTENDANCE, AMOUNT, Decimal(10), "general")
BY_TYPE = PriceRule(ATTENDANCE, AMOUNT, Decimal(20), "type", AppliesTo(event_type=EventType.COURSE))
BY_GROUP = PriceRule(ATTENDANCE, AMOUNT, Decimal(30), "group", AppliesTo(group="L3"))
BY_PAYER = PriceRule(ATTENDANCE, AMOUNT, Decimal(40), "payer", AppliesTo(payer_class=PARTNER))
BY_COURSE = PriceRule(ATTENDANCE, AMOUNT, Decimal(50), "course", AppliesTo(course="neglect"))


@pytest.mark.parametrize("length", range(1, 6))
def test_the_most_specific_line_wins_in_any_order(length: int) -> None:
    ladder = (GENERAL, BY_TYPE, BY_GROUP, BY_PAYER, BY_COURSE)[:length]
    for order in permutations(ladder):
        assert price_for(CASE, order).explanation.clause == ladder[-1].clause


@pytest.mark.parametrize(
    "other",
    [
        at(payer_class=PROFIT),
        at(event_type=EventType.SEMINAR),
        at(group="L2"),
        at(course="neglect-2"),
        at(kind=NO_SHOW),
    ],
)
def test_a_line_must_fit_in_everything_it_names(other: Circumstances) -> None:
    everything = AppliesTo("neglect", PARTNER, group="L3", event_type=EventType.COURSE)
    assert price_for(other, [replace(BY_COURSE, scope=everything)]).outcome is DECISION


# What went into the price of CASE.
IN_WORDS = (
    ("Charge", "Attendance fee"),
    ("Payer", "Safeguarding partner"),
    ("Type of event", "Course"),
    ("Group", "Level 3"),
)


def test_what_no_line_covers_is_for_a_person() -> None:
    told = price_for(CASE, []).explanation
    assert told == Explanation(
        None, "", IN_WORDS, ("The charging policy names no price for this case.",)
    )


def test_two_equal_lines_that_disagree_are_for_a_person() -> None:
    price = price_for(CASE, [GENERAL, replace(GENERAL, amount=Decimal(11), clause="other")])
    assert price == Price(
        DECISION,
        Decimal(0),
        Explanation(
            None,
            "general; other",
            IN_WORDS,
            ("Two prices of the charging policy apply equally but give different amounts.",),
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
    ("base", "sittings", "amount", "step"),
    [
        (FeeBase.FLAT, (360, 360), "25.00", "A flat fee of £25.00."),
        (FeeBase.PER_SESSION, (90,), "25.00", "1 session at £25.00 comes to £25.00."),
        (FeeBase.PER_SESSION, (90, 400), "50.00", "2 sessions at £25.00 comes to £50.00."),
        (FeeBase.PER_HALF_DAY, (240,), "25.00", "1 half day at £25.00 comes to £25.00."),
        (FeeBase.PER_HALF_DAY, (241, 240), "75.00", "3 half days at £25.00 comes to £75.00."),
        (FeeBase.PER_DAY, (240,), "25.00", "1 day at £25.00 comes to £25.00."),
        (FeeBase.PER_DAY, (360, 180), "50.00", "2 days at £25.00 comes to £50.00."),
        (FeeBase.PER_DAY, (360, 360), "50.00", "2 days at £25.00 comes to £50.00."),
    ],
)
def test_bases(base: FeeBase, sittings: tuple[int, ...], amount: str, step: str) -> None:
    rule = PriceRule(ATTENDANCE, AMOUNT, Decimal(25), base=base)
    price = price_for(at(sittings=sittings), [rule])
    assert price.amount == Decimal(amount)
    assert price.explanation.steps == (step,)


def test_a_half_day_is_as_long_as_the_policy_says() -> None:
    rule = PriceRule(ATTENDANCE, AMOUNT, Decimal(25), base=FeeBase.PER_HALF_DAY)
    assert price_for(at(sittings=(180, 200), half_day_minutes=180), [rule]).amount == 75


BANDS = (
    PriceRule(ATTENDANCE, AMOUNT, Decimal(20), "up to 2 hours", AppliesTo(longest=120)),
    PriceRule(
        ATTENDANCE, AMOUNT, Decimal(45), "up to 4 hours", AppliesTo(shortest=121, longest=240)
    ),
    PriceRule(ATTENDANCE, AMOUNT, Decimal(80), "longer", AppliesTo(shortest=241)),
)


@pytest.mark.parametrize(
    ("sittings", "clause"),
    [
        ((120,), "up to 2 hours"),
        ((121,), "up to 4 hours"),
        pytest.param((240,), "up to 4 hours", id="exactly four hours are half a day (Leeds)"),
        ((241,), "longer"),
        pytest.param((120, 121), "longer", id="the sessions together"),
    ],
)
def test_the_bounds_of_a_band_are_exact(sittings: tuple[int, ...], clause: str) -> None:
    assert price_for(at(sittings=sittings), BANDS).explanation.clause == clause


def test_a_price_for_a_length_beats_one_for_any_length() -> None:
    assert price_for(at(sittings=(100,)), [GENERAL, *BANDS]).amount == 20


DIMENSIONS = ("course", "payer_class", "sector", "area", "group", "event_type", "delivery")


def test_each_dimension_beats_those_after_it() -> None:
    place = Place(**dict.fromkeys(DIMENSIONS, "x"), sittings=(60,))
    lines = [
        PriceRule(ATTENDANCE, AMOUNT, Decimal(number), name, AppliesTo(**{name: "x"}))
        for number, name in enumerate(DIMENSIONS, 1)
    ]
    for first in range(len(lines)):
        for order in permutations(lines[first : first + 3]):
            told = price_for(Circumstances(ATTENDANCE, place), order).explanation
            assert told.clause == DIMENSIONS[first]


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
    price = price_for(at(kind=NO_SHOW), [SHARE, *attendance])
    assert (price.outcome, price.amount) == (outcome, Decimal(amount))


def test_the_share_shows_its_arithmetic() -> None:
    price = price_for(at(kind=NO_SHOW), [SHARE, *NORTH_SOMERSET[1:2]])
    assert price.explanation.steps == (
        "A flat fee of £80.00.",
        "50% of the attendance fee, £80.00, comes to £40.00.",
    )


def test_a_share_of_a_fee_that_nobody_has_decided_says_so_with_its_own_clause() -> None:
    told = price_for(at(kind=NO_SHOW), [SHARE]).explanation
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
    why = "The charging policy leaves this case for a person to decide."
    assert price.outcome is DECISION
    assert price.explanation == Explanation(None, "ask", IN_WORDS, (why,))


def test_the_grounds_are_in_words_and_can_be_stored() -> None:
    told = price_for(replace(CASE, kind=LATE, notice_left=4), NORTH_SOMERSET).explanation
    assert told.inputs == (
        ("Charge", "Late cancellation fee"),
        *PLACE.labels,
        ("Notice given", "4"),
    )
    assert Explanation.from_json(told.to_json()) == told


LIST_PRICE = PriceRule(
    LATE, AMOUNT, Decimal(100), "the whole price", base=FeeBase.PERCENT_OF_LIST_PRICE
)


def test_a_share_of_the_courses_list_price_is_owed_whatever_the_payer_pays_to_attend() -> None:
    free = PriceRule(ATTENDANCE, FREE, clause="free to attend")
    price = price_for(at(kind=LATE, list_price=Decimal(120)), [LIST_PRICE, free])
    assert price.amount == 120
    assert price.explanation.steps == (
        "100% of the list price of the course, £120.00, comes to £120.00.",
    )


def test_a_course_without_a_list_price_is_for_a_person() -> None:
    price = price_for(at(kind=LATE), [LIST_PRICE])
    assert price.outcome is DECISION
    assert price.explanation.steps == (
        "This depends on the list price of the course, which has not been entered.",
    )


@pytest.mark.parametrize(
    ("says", "amount", "last"),
    [
        ({"less": Decimal(25)}, "72.50", "Less £25.00, that is £72.50."),
        ({"less": Decimal(100)}, "0.00", "Less £100.00, that is £0.00."),
        ({"at_least": Decimal(100)}, "100.00", "The fee is at least £100.00."),
        ({"at_least": Decimal("97.50")}, "97.50", "A flat fee of £97.50."),
        ({"at_most": Decimal(60)}, "60.00", "The fee is at most £60.00."),
        ({"at_most": Decimal("97.50")}, "97.50", "A flat fee of £97.50."),
        ({"rounding": Rounding.PENNY}, "97.50", "A flat fee of £97.50."),
        (
            {"rounding": Rounding.POUND},
            "98.00",
            "Rounded to the nearest pound, with 50p rounded up, that is £98.00.",
        ),
        ({"rounding": Rounding.POUND_DOWN}, "97.00", "Rounded down to the pound, that is £97.00."),
        ({"rounding": Rounding.POUND_UP}, "98.00", "Rounded up to the pound, that is £98.00."),
        ({"less": Decimal(90), "at_least": Decimal(10)}, "10.00", "The fee is at least £10.00."),
    ],
)
def test_what_happens_to_an_amount(says: dict[str, object], amount: str, last: str) -> None:
    rule = PriceRule(ATTENDANCE, AMOUNT, Decimal("97.50"), **says)  # type: ignore[arg-type]
    price = price_for(CASE, [rule])
    assert (price.amount, price.explanation.steps[-1]) == (Decimal(amount), last)
    assert price.outcome is (AMOUNT if price.amount else FREE)


@pytest.mark.parametrize(
    ("minutes", "expected"), [([], 0), ([180], 1), ([240], 1), ([241], 2), ([360, 360, 180], 5)]
)
def test_half_days_of_an_event(minutes: list[int], expected: int) -> None:
    assert half_days(minutes) == expected
