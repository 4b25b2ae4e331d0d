"""What a payment is probably for, with the reason; and how a person divides it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.rules.csv_tables import MOST_ROWS
from finance.rules.matching import NO_MATCH, Claim, Matcher, Suggestion
from finance.rules.open_amounts import OpenGroup
from finance.rules.payment_rows import PaymentRow
from finance.rules.sharing import divide, in_lines, typed_shares
from partnerships.rules.reasons import Reason

D = Decimal
SCHOOL, CARE, TWIN = 1, 2, 3


def claim(number: str, owed: str, agency: int = SCHOOL, **said: object) -> Claim:
    names = {
        SCHOOL: ("Harbour Primary School",),
        CARE: ("Harbour Care Homes Ltd",),
        TWIN: ("Harbour Primary",),
    }[agency]
    due = date(2026, 1, int(number[-2:]))
    return Claim(number, agency, names, due, owed=D(owed), **said)  # type: ignore[arg-type]


BOOKS = [
    claim("INV20260001", "50"),
    claim("INV20260002", "70"),
    claim("INV20260003", "100", CARE, order="PO-7781"),
    claim("INV20260004", "100", CARE, order="4500123"),
    claim("INV20260005", "0", held=D(60)),
]


def row(amount: str, reference: str = "", payer: str = "") -> PaymentRow:
    return PaymentRow(2, date(2026, 3, 1), D(amount), reference, payer)


@pytest.mark.parametrize(
    ("payment", "shares", "why", "sure"),
    [
        # the number in the reference
        (row("50", "INV20260001"), {"INV20260001": 50}, "the amount is what is owed", True),
        (row("50", "fee inv 2026 0001 thanks"), {"INV20260001": 50}, "INV20260001 is in", True),
        (row("50", "Inv-2026/0001"), {"INV20260001": 50}, "INV20260001 is in", True),
        (row("50", "PAYMENTINV20260001"), {"INV20260001": 50}, "INV20260001 is in", True),
        (row("50", "INV20260001 50.00"), {"INV20260001": 50}, "INV20260001 is in", True),
        (row("50", "x", "INV20260001"), {"INV20260001": 50}, "INV20260001 is in", True),
        (row("50", "20260001"), {"INV20260001": 50}, "The digits of INV20260001 is in", False),
        (row("20", "INV20260001"), {"INV20260001": 20}, "part of what is owed", False),
        (row("55", "INV20260001"), {"INV20260001": 55}, "£5.00 is more than is owed", False),
        (
            row("120", "INV20260002 INV20260001"),
            {"INV20260001": 50, "INV20260002": 70},
            "INV20260001 and INV20260002 are in the reference, and the amount is what is owed",
            True,
        ),
        (
            row("60", "INV20260001 INV20260002"),
            {"INV20260001": 50, "INV20260002": 10},
            "amount is part",
            False,
        ),
        (row("30", "INV20260001 INV20260002"), {"INV20260001": 30}, "amount is part", False),
        (row("50", "INV20260005"), {}, "but nothing is owed on it", False),
        (row("50", "INV202600012"), {}, NO_MATCH.why, False),
        (row("50", "12026000"), {}, NO_MATCH.why, False),
        # the agency and the amount
        (row("50", "", "Harbour Primary School"), {"INV20260001": 50}, "is named", True),
        (row("50", "fees the HARBOUR PRIMARY SCHOOL"), {"INV20260001": 50}, "is named", True),
        (row("50", "", "HARBOUR PRIMARY SC"), {"INV20260001": 50}, "is named", True),
        (row("50", "", "HARBOUR"), {}, NO_MATCH.why, False),
        (
            row("120", "", "Harbour Primary School"),
            {"INV20260001": 50, "INV20260002": 70},
            "the amount of INV20260001 and INV20260002",
            True,
        ),
        (
            row("100", "", "Harbour Care Homes"),
            {"INV20260003": 100},
            "more than one invoice; the oldest is INV20260003",
            False,
        ),
        (
            row("99", "", "Harbour Primary School"),
            {},
            "no invoices come to this amount. It owes £120.00 on 2 invoices.",
            False,
        ),
        # the order number
        (row("100", "PO 7781"), {"INV20260003": 100}, "Order number PO-7781 is in", True),
        (row("40", "order 4500123"), {"INV20260004": 40}, "part of what is owed", False),
        (row("130", "4500123"), {"INV20260004": 130}, "£30.00 is more than is owed", False),
        # money that was paid out
        (row("-60", "INV20260005"), {"INV20260005": 60}, "the amount is what is held", True),
        (row("-60", "", "Harbour Primary School"), {"INV20260005": 60}, "is named", True),
        (row("-20", "Refund INV20260005"), {"INV20260005": 20}, "part of what is held", False),
        (row("-70", "INV20260005"), {}, "less than this is held", False),
        (row("-50", "INV20260001"), {}, "nothing is held on it", False),
        (row("-50", "", "Harbour Care Homes"), {}, "nothing is held for it", False),
        (
            row("-50", "", "Harbour Primary School"),
            {},
            "£60.00 is held for it on 1 invoice.",
            False,
        ),
        (row("-4", "bank charges"), {}, NO_MATCH.why, False),
    ],
)
def test_what_is_suggested_and_why(
    payment: PaymentRow, shares: dict[str, int], why: str, sure: bool
) -> None:
    found = Matcher(BOOKS).suggest(payment)
    assert dict(found.shares) == shares
    assert why in found.why
    assert found.sure is sure


def test_what_is_too_much_is_said_with_the_suggestion() -> None:
    assert Matcher(BOOKS).suggest(row("55", "INV20260001")).excess == 5
    assert Matcher(BOOKS).suggest(row("50", "INV20260001")).excess == 0


def test_what_one_payment_pays_is_no_longer_open_for_the_next() -> None:
    matcher = Matcher(BOOKS)
    by_name = row("100", "", "Harbour Care Homes")
    assert [dict(matcher.suggest(by_name).shares) for _ in range(3)] == [
        {"INV20260003": 100},
        {"INV20260004": 100},
        {},
    ]
    assert matcher.suggest(by_name).why.endswith("is named, but it owes nothing.")


def test_two_or_three_of_many_invoices_are_found_by_their_sum() -> None:
    books = [claim(f"INV202601{n:02}", str(2**n)) for n in range(1, 11)]
    found = Matcher(books).suggest(row("22", "", "Harbour Primary School"))
    assert dict(found.shares) == {"INV20260101": 2, "INV20260102": 4, "INV20260104": 16}
    assert found.sure
    many = [claim(f"INV202601{n:02}", str(2**n)) for n in range(1, 14)]
    assert not Matcher(many).suggest(row("22", "", "Harbour Primary School")).shares


def test_many_invoices_are_named_in_short() -> None:
    books = [claim(f"INV202601{n:02}", "10") for n in range(1, 14)]
    found = Matcher(books).suggest(row("130", "", "Harbour Primary School"))
    assert len(found.shares) == 13
    assert found.why.endswith("INV20260104, INV20260105 and 8 more.")
    few = Matcher(books[:6]).suggest(row("60", "", "Harbour Primary School"))
    assert few.why.endswith("INV20260105 and INV20260106.")


def test_the_longer_name_is_meant_and_two_alike_are_no_match() -> None:
    both = [claim("INV20260001", "50"), claim("INV20260002", "50", TWIN)]
    named = Matcher(both).suggest(row("50", "", "Harbour Primary School"))
    assert dict(named.shares) == {"INV20260001": 50}
    same = [
        claim("INV20260001", "50"),
        Claim("A20260002", 9, both[0].names, date(2026, 1, 2), owed=D(50)),
    ]
    assert Matcher(same).suggest(row("50", "", "Harbour Primary School")) == NO_MATCH


def test_short_order_numbers_and_words_are_not_looked_for() -> None:
    books = [claim("INV20260001", "50", order="A1"), claim("INV20260002", "70", order="ORDER")]
    assert Matcher(books).suggest(row("50", "A1 ORDER")) == NO_MATCH


def test_an_order_number_of_several_invoices_means_the_one_with_the_amount() -> None:
    books = [claim("INV20260001", "50", order="PO1234"), claim("INV20260002", "70", order="PO1234")]
    found = Matcher(books).suggest(row("70", "po 1234"))
    assert dict(found.shares) == {"INV20260002": 70}
    assert found.sure
    all_of_it = Matcher(books).suggest(row("120", "po1234"))
    assert dict(all_of_it.shares) == {"INV20260001": 50, "INV20260002": 70}
    nothing = Matcher([claim("INV20260001", "0", order="PO1234")]).suggest(row("5", "PO1234"))
    assert (
        nothing.why
        == "Order number PO1234 is in the reference, but nothing is open on its invoices."
    )


AMOUNTS = st.decimals("-300", "300", places=2).filter(bool)
WORDS = st.sampled_from(
    [
        "INV20260001",
        "INV20260002 INV20260001",
        "Harbour Primary School",
        "PO 7781",
        "nothing",
        "INV20260005",
    ]
)


@given(st.lists(st.tuples(AMOUNTS, WORDS), max_size=8))
def test_suggestions_use_a_payment_up_and_never_more_than_is_open(
    payments: list[tuple[Decimal, str]],
) -> None:
    matcher = Matcher(BOOKS)
    for amount, words in payments:
        open_before = {one.number: matcher.open_on(one.number, row(str(amount))) for one in BOOKS}
        found: Suggestion = matcher.suggest(row(str(amount), words))
        if found.shares:
            assert sum(part for _, part in found.shares) == abs(amount)
            assert all(part > 0 for _, part in found.shares)
        over = sum((max(part - open_before[n], D(0)) for n, part in found.shares), D(0))
        assert over == found.excess
        assert not (found.sure and found.excess)
        assert not (amount < 0 and found.excess)


@pytest.mark.parametrize(
    ("text", "wanted", "fault"),
    [
        ("INV1", [("INV1", None)], ""),
        ("inv1 50\nINV2, £20.50\n\n INV3;7 ", [("INV1", 50), ("INV2", D("20.5")), ("INV3", 7)], ""),
        ("", [], "Enter the number of the invoice"),
        ("INV1 fifty", [], "“INV1 fifty” cannot be read"),
        ("INV1 0", [], "cannot be read"),
        ("INV1 -5", [], "cannot be read"),
        ("INV1 5 6", [], "cannot be read"),
        ("INV1\ninv1", [("INV1", None), ("INV1", None)], "INV1 has been entered twice"),
    ],
)
def test_shares_as_they_are_typed(
    text: str, wanted: list[tuple[str, Decimal | None]], fault: str
) -> None:
    found, faults = typed_shares(text)
    assert found == wanted
    assert bool(faults) == bool(fault)
    assert fault in "".join(reason.sentence for reason in faults)


def test_shares_read_back_as_they_were_written() -> None:
    shares = (("INV1", D("50.00")), ("INV2", D("0.05")))
    assert tuple(typed_shares(in_lines(shares))[0]) == shares


def sentences(reasons: tuple[Reason, ...]) -> str:
    return " ".join(reason.sentence for reason in reasons)


@pytest.mark.parametrize(
    ("amount", "wanted", "hold", "shares", "excess", "fault"),
    [
        ("50", [("A", None)], False, [("A", 50)], 0, ""),
        ("20", [("A", None)], False, [("A", 20)], 0, ""),
        ("80", [("A", None), ("B", None)], False, [("A", 50), ("B", 30)], 0, ""),
        ("80", [("A", D(20)), ("B", None)], False, [("A", 20), ("B", 60)], 0, ""),
        ("60", [("A", None)], True, [("A", 60)], 10, ""),
        ("60", [("A", None)], False, [("A", 50)], 0, "£10.00 of the payment is not used."),
        ("60", [("A", D(60))], True, [("A", 60)], 10, ""),
        ("60", [("A", D(60))], False, [("A", 60)], 10, "Only £50.00 is still owed on A."),
        ("60", [("A", D(50)), ("B", D(20))], False, [], 0, "come to £70.00, more than the £60.00"),
        ("50", [("A", None), ("B", None)], False, [("A", 50), ("B", 0)], 0, "goes to B"),
        ("70", [("PAID", None)], True, [("PAID", 70)], 70, ""),
        ("-30", [("HELD", None)], False, [("HELD", 30)], 0, ""),
        ("-50", [("HELD", None)], True, [("HELD", 40)], 0, "£10.00 of the payment is not used."),
        ("-50", [("HELD", D(50))], True, [("HELD", 50)], 10, "Only £40.00 is held on HELD."),
    ],
)
def test_a_payment_is_divided_over_invoices(
    amount: str,
    wanted: list[tuple[str, Decimal | None]],
    hold: bool,
    shares: list[tuple[str, int]],
    excess: int,
    fault: str,
) -> None:
    open_on = {"A": D(50), "B": D(60), "PAID": D(0), "HELD": D(40)}
    found, faults = divide(D(amount), wanted, open_on, hold_rest=hold)
    assert list(found.shares) == shares
    assert found.excess == excess
    assert bool(faults) == bool(fault)
    assert fault in sentences(faults)


@given(
    AMOUNTS,
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.none() | st.decimals("0.01", "90", places=2)),
        min_size=1,
        max_size=3,
        unique_by=lambda pair: pair[0],
    ),
    st.booleans(),
)
def test_a_division_without_faults_is_the_whole_payment(
    amount: Decimal, wanted: list[tuple[str, Decimal | None]], hold: bool
) -> None:
    open_on = {"A": D(50), "B": D(60), "C": D(0)}
    found, faults = divide(amount, wanted, open_on, hold_rest=hold)
    if not faults:
        assert sum(part for _, part in found.shares) == abs(amount)
        assert hold or not found.excess
        over = [max(part - open_on[number], D(0)) for number, part in found.shares]
        assert sum(over) == found.excess


@given(
    changes=st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from([D(0), D("0.01"), D(20), D(30)])), max_size=20
    ),
    wanted=st.sampled_from([D("0.01"), D(20), D(30), D(40)]),
)
def test_the_oldest_of_an_amount_is_what_looking_at_each_would_find(
    changes: list[tuple[int, Decimal]], wanted: Decimal
) -> None:
    group, plain = OpenGroup(), {}
    ages = [(date(2026, 1, 1 + number), f"INV{number}") for number in range(6)]
    for age in ages:
        plain[age] = D(40)
        group.open(age, D(40))
    for number, amount in changes:
        if amount <= plain[ages[number]]:  # what is open only gets less
            plain[ages[number]] = amount
            group.open(ages[number], amount)
    left = [(number, amount) for (_, number), amount in sorted(plain.items()) if amount]
    assert list(group) == [number for number, _ in left]
    assert group.total == sum(amount for _, amount in left)
    fits = [number for number, amount in left if amount == wanted]
    assert group.with_exactly(wanted) == ((fits[0], len(fits)) if fits else ("", 0))


@pytest.mark.parametrize("agencies", [1, 500])
def test_the_largest_file_is_compared_with_many_invoices_in_a_moment(agencies: int) -> None:
    """It happens while someone waits. Comparing each row with each invoice took 25 seconds for one agency."""
    books = [
        Claim(
            f"INV2026{number:05}",
            number % agencies,
            (f"School {number % agencies} of the Harbour",),
            date(2026, 1, 1) + timedelta(number % 300),
            order=f"PO{number:05}",
            owed=D(1000 + number) / 100,
        )
        for number in range(8_000)
    ]
    said = (
        row(str(one.owed), *words)
        for number, one in enumerate(books)
        for words in [(("", one.names[0]), (one.order, "BACS"), (one.number, ""))[number % 3]]
    )
    rows = list(islice(said, MOST_ROWS))
    begun = perf_counter()
    matcher = Matcher(books)
    found = [matcher.suggest(one) for one in rows]
    assert perf_counter() - begun < 3  # 0.5 on a small machine
    assert all(one.sure for one in found)
