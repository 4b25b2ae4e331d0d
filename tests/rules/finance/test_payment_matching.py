"""What a payment is probably for, with the reason."""

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
from finance.rules.open_amounts import OpenAmounts, OpenGroup
from finance.rules.payment_rows import PaymentRow

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
        (row("50", "20260001"), {"INV20260001": 50}, "The digits of INV20260001 are in", False),
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


@pytest.mark.parametrize(
    ("payment", "why"),
    [
        (
            row("50", "INV20260001"),
            "INV20260001 is in the reference, and the amount is what is owed.",
        ),
        (
            row("0.50", "20260001"),
            "The digits of INV20260001 are in the reference. The amount is part of what is owed.",
        ),
        (
            row("0.50", "INV20260005"),
            "INV20260005 is in the reference, but nothing is owed on it.",
        ),
        (
            row("1", "", "Harbour Primary School"),
            "Harbour Primary School is named, but no invoices come to this amount."
            " It owes £120.00 on 2 invoices.",
        ),
        (
            row("-1", "", "Harbour Care Homes Ltd"),
            "Harbour Care Homes Ltd is named, but nothing is held for it.",
        ),
    ],
)
def test_the_whole_sentence_that_people_read(payment: PaymentRow, why: str) -> None:
    assert Matcher(BOOKS).suggest(payment).why == why


def test_less_than_a_pound_is_a_payment_like_any_other() -> None:
    books = [claim("INV20260001", "0.50")]
    assert Matcher(books).suggest(row("0.80", "INV20260001")) == Suggestion(
        "INV20260001 is in the reference. £0.30 is more than is owed.",
        (("INV20260001", D("0.80")),),
        excess=D("0.30"),
    )
    assert Matcher(books).suggest(row("0.50", "INV20260001")) == Suggestion(
        "INV20260001 is in the reference, and the amount is what is owed.",
        (("INV20260001", D("0.50")),),
        sure=True,
    )
    paid = Matcher([claim("INV20260001", "0")]).suggest(row("0.50", "", "Harbour Primary School"))
    assert paid.why == "Harbour Primary School is named, but it owes nothing."


@pytest.mark.parametrize(
    ("name", "payer", "found"),
    [
        ("Quay Care", "QUAY CARE", True),  # these words and no others
        ("Quay Care", "QUAY CARE LTD", True),
        ("Quay Care", "QUAY", False),
        ("King’s Quay", "KINGS QUAY", True),
        ("King's Quay", "KINGS QUAY", True),
        ("Kings Quay", "KING’S QUAY", True),
        ("Kings Quay", "KING'S QUAY", True),
        ("Harbour Primary School", "HARBOUR PRI", True),  # ten letters of a name
        ("Harbour Primary School", "HARBOUR PR", False),  # nine
    ],
)
def test_a_name_is_known_as_banks_write_it(name: str, payer: str, found: bool) -> None:
    books = [Claim("INV20260001", SCHOOL, (name,), date(2026, 1, 1), owed=D(50))]
    assert bool(Matcher(books).suggest(row("50", "", payer)).shares) == found


@pytest.mark.parametrize(
    ("owed", "amount", "paid"),
    [
        (["1", "2", "4", "8", "16"], "10", ["2", "8"]),
        (["1", "2", "4", "8", "16"], "11", ["1", "2", "8"]),
        (["1", "2", "4", "8", "16"], "15", []),  # four would do
        (["1", "2", "4"], "6", ["2", "4"]),
        ([str(2**n) for n in range(12)], "3", ["1", "2"]),  # the most that are combined
        ([str(2**n) for n in range(13)], "3", []),
    ],
)
def test_which_invoices_one_transfer_can_pay_together(
    owed: list[str], amount: str, paid: list[str]
) -> None:
    books = [claim(f"INV202601{n:02}", one) for n, one in enumerate(owed, 1)]
    found = Matcher(books).suggest(row(amount, "", "Harbour Primary School"))
    assert [str(part) for _, part in found.shares] == paid


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


def test_the_longest_order_number_is_meant() -> None:
    books = [
        claim("INV20260001", "50", order="PO12"),
        claim("INV20260002", "50", order="1234567"),
    ]
    found = Matcher(books).suggest(row("50", "PO12 for 1234567"))
    assert dict(found.shares) == {"INV20260002": 50}


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


def test_open_amounts_of_a_group_are_the_oldest_first_whatever_they_come_to() -> None:
    ages = [(date(2026, 1, day), f"INV{day}") for day in (3, 1, 2)]
    amounts = OpenAmounts(
        (age, amount, ("school",)) for age, amount in zip(ages, (D(10), D(30), D(20)), strict=True)
    )
    assert list(amounts.of("school")) == ["INV1", "INV2", "INV3"]


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
