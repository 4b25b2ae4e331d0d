"""Prices as they are typed into the table of payer classes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bookings.rules.place import AppliesTo
from bookings.rules.plain_prices import is_plain, plain_clause, read_plain_price, written
from bookings.rules.prices import FeeBase, FeeOutcome
from tests.rules.bookings.boards import NO_SHOW, line

NOTHING = Decimal("0.00")


@pytest.mark.parametrize(
    ("typed", "price", "shown"),
    [
        ("", None, ""),
        ("  ", None, ""),
        ("free", (FeeOutcome.FREE, NOTHING), "free"),
        ("Free ", (FeeOutcome.FREE, NOTHING), "free"),
        ("0", (FeeOutcome.FREE, NOTHING), "free"),
        ("£0.00", (FeeOutcome.FREE, NOTHING), "free"),
        ("ASK", (FeeOutcome.DECISION, NOTHING), "ask"),
        ("60", (FeeOutcome.AMOUNT, Decimal(60)), "60.00"),
        ("£60.50", (FeeOutcome.AMOUNT, Decimal("60.50")), "60.50"),
        ("£1,060", (FeeOutcome.AMOUNT, Decimal(1060)), "1060.00"),
    ],
)
def test_what_can_be_typed(
    typed: str, price: tuple[FeeOutcome, Decimal] | None, shown: str
) -> None:
    found = read_plain_price(typed)
    assert found == price
    assert written(found) == shown
    assert read_plain_price(shown) == price


@pytest.mark.parametrize(
    "typed", ["-5", "50%", "1,06", "60.555", "sixty", "NaN", "inf", "²", "10000000", "1e3", "£"]
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        read_plain_price(typed)


@pytest.mark.parametrize(
    ("changes", "plain"),
    [
        ({}, True),
        ({"scope": AppliesTo(payer_class="partner")}, True),
        ({"scope": AppliesTo(payer_class="partner", area="inside")}, False),
        ({"scope": AppliesTo(shortest=60)}, False),
        ({"notice_under": 5}, False),
        ({"base": FeeBase.PER_DAY}, False),
        ({"less": Decimal(5)}, False),
        ({"at_most": Decimal(5)}, False),
    ],
)
def test_a_price_that_says_more_is_not_plain(changes: dict[str, object], plain: bool) -> None:
    rule = replace(line(NO_SHOW, "60", "Not attending"), **changes)  # type: ignore[arg-type]
    assert is_plain(rule) is plain


def test_its_sentence_says_who_and_how_much() -> None:
    sixty = (FeeOutcome.AMOUNT, Decimal(60))
    assert plain_clause(NO_SHOW, "Partner agencies", sixty) == (
        "Not attending (partner agencies): £60.00."
    )
    assert plain_clause(NO_SHOW, "", (FeeOutcome.FREE, NOTHING)) == "Not attending: Free."
