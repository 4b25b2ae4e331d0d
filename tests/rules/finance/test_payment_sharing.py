"""How a person divides a payment over invoices, and what is refused in a sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.rules.sharing import Division, divide, in_lines, typed_shares
from partnerships.rules.reasons import Kind, Reason

D = Decimal
OPEN_ON = {"A": D(50), "B": D(60), "PAID": D(0), "HELD": D(40)}
ENTER_OR_HOLD = "Enter less, or select “Hold any overpayment for the agency”."
ADD_OR_HOLD = "Add an invoice, or select “Hold any overpayment for the agency”."
ADD_OR_SET_ASIDE = "Add an invoice on which money is held, or set the payment aside."
A_LINE = "Enter an invoice number on each line, with an amount after it if only part of it is paid."


def fault(sentence: str, step: str = "") -> Reason:
    return Reason(Kind.BLOCKS, "shares", sentence, step)


@pytest.mark.parametrize(
    ("text", "wanted", "faults"),
    [
        ("INV1", [("INV1", None)], []),
        ("inv1 50\nINV2, £20.50\n\n INV3;7 ", [("INV1", 50), ("INV2", D("20.5")), ("INV3", 7)], []),
        ("INV1 0.01", [("INV1", D("0.01"))], []),
        ("", [], [("Enter the number of the invoice that it pays.", "")]),
        ("INV1 fifty", [], [("“INV1 fifty” cannot be read.", A_LINE)]),
        ("INV1 0", [], [("“INV1 0” cannot be read.", A_LINE)]),
        ("INV1 -5", [], [("“INV1 -5” cannot be read.", A_LINE)]),
        ("INV1 5 6", [], [("“INV1 5 6” cannot be read.", A_LINE)]),
        ("INV1 " + "x" * 56, [], [(f"“INV1 {'x' * 55}” cannot be read.", A_LINE)]),
        ("INV1 x\nINV2 7", [("INV2", 7)], [("“INV1 x” cannot be read.", A_LINE)]),
        (
            "INV1\ninv1",
            [("INV1", None), ("INV1", None)],
            [("INV1 has been entered twice.", "Enter it once.")],
        ),
    ],
)
def test_shares_as_they_are_typed(
    text: str, wanted: list[tuple[str, Decimal | None]], faults: list[tuple[str, str]]
) -> None:
    assert typed_shares(text) == (wanted, tuple(fault(*one) for one in faults))


def test_shares_read_back_as_they_were_written() -> None:
    shares = (("INV1", D("50.00")), ("INV2", D("0.05")))
    assert tuple(typed_shares(in_lines(shares))[0]) == shares


@pytest.mark.parametrize(
    ("amount", "wanted", "hold", "shares", "excess"),
    [
        ("50", [("A", None)], False, [("A", 50)], 0),
        ("20", [("A", None)], False, [("A", 20)], 0),
        ("80", [("A", None), ("B", None)], False, [("A", 50), ("B", 30)], 0),
        ("80", [("A", D(20)), ("B", None)], False, [("A", 20), ("B", 60)], 0),
        ("60", [("A", None)], True, [("A", 60)], 10),
        ("60", [("A", D(60))], True, [("A", 60)], 10),
        ("70", [("PAID", None)], True, [("PAID", 70)], 70),
        ("0.50", [("PAID", None)], True, [("PAID", D("0.50"))], D("0.50")),
        ("-30", [("HELD", None)], False, [("HELD", 30)], 0),
    ],
)
def test_a_payment_is_divided_over_invoices(
    amount: str,
    wanted: list[tuple[str, Decimal | None]],
    hold: bool,
    shares: list[tuple[str, Decimal]],
    excess: Decimal,
) -> None:
    found = divide(D(amount), wanted, OPEN_ON, hold_rest=hold)
    assert found == (Division(tuple(shares), excess), ())


@pytest.mark.parametrize(
    ("amount", "wanted", "hold", "shares", "excess", "sentence", "step"),
    [
        (
            *("60", [("A", None)], False, [("A", 50)], 0),
            *("£10.00 of the payment is not used.", ADD_OR_HOLD),
        ),
        (
            *("0.50", [("A", D("0.20"))], False, [("A", D("0.20"))], 0),
            *("£0.30 of the payment is not used.", ADD_OR_HOLD),
        ),
        (
            *("60", [("A", D(60))], False, [("A", 60)], 10),
            *("Only £50.00 is still owed on A.", ENTER_OR_HOLD),
        ),
        (
            *("0.50", [("PAID", D("0.50"))], False, [("PAID", D("0.50"))], D("0.50")),
            *("Only £0.00 is still owed on PAID.", ENTER_OR_HOLD),
        ),
        (
            *("60", [("A", D(50)), ("B", D(20))], False, [], 0),
            *("These amounts come to £70.00, more than the £60.00 of the payment.",),
            "Lower an amount.",
        ),
        (
            *("50", [("A", None), ("B", None)], False, [("A", 50), ("B", 0)], 0),
            *("None of the payment goes to B.", "Leave it out."),
        ),
        (
            *("-50", [("HELD", None)], True, [("HELD", 40)], 0),
            *("£10.00 of the payment is not used.", ADD_OR_SET_ASIDE),
        ),
        (
            *("-50", [("HELD", D(50))], True, [("HELD", 50)], 10),
            *("Only £40.00 is held on HELD.", "Enter less."),
        ),
    ],
)
def test_what_is_wrong_with_a_division(
    amount: str,
    wanted: list[tuple[str, Decimal | None]],
    hold: bool,
    shares: list[tuple[str, Decimal]],
    excess: Decimal,
    sentence: str,
    step: str,
) -> None:
    found = divide(D(amount), wanted, OPEN_ON, hold_rest=hold)
    assert found == (Division(tuple(shares), excess), (fault(sentence, step),))


@given(
    st.decimals("-300", "300", places=2).filter(bool),
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
