"""What a purchase order number may look like."""

import pytest

from partnerships.rules.order_numbers import LONGEST_ORDER, order_number_reasons
from partnerships.rules.reasons import Kind, Reason

COPY = "Copy it from the order."


@pytest.mark.parametrize(
    "number", ["4500123456", "PO-778", "2526/0113", "RXX_4.1", "po 12", "A", "A" * LONGEST_ORDER]
)
def test_numbers_as_buyers_write_them(number: str) -> None:
    assert order_number_reasons(number) == ()


@pytest.mark.parametrize(
    ("number", "signs"),
    [
        ("=1+1", "“+” and “=”"),
        ("<b>", "“<” and “>”"),
        ("PO;1", "“;”"),
        ("PO‑1", "“‑”"),
        ("É1", "“É”"),
        ("PO\n1", "“\n”"),
        ("١", "“١”"),
    ],
)
def test_signs_that_payment_systems_refuse(number: str, signs: str) -> None:
    sentence = (
        "An order number can only contain letters, digits, spaces and the signs - / . _,"
        f" not {signs}."
    )
    assert order_number_reasons(number) == (Reason(Kind.BLOCKS, "number", sentence, COPY),)


@pytest.mark.parametrize("number", ["", " ", "-", " . / _"])
def test_a_number_says_something(number: str) -> None:
    sentence = "An order number has letters or digits."
    assert order_number_reasons(number) == (Reason(Kind.BLOCKS, "number", sentence, COPY),)


def test_a_number_is_not_too_long_to_print() -> None:
    sentence = "An order number has up to 60 characters; this one has 61."
    assert order_number_reasons("A" * 61) == (Reason(Kind.BLOCKS, "number", sentence),)
