"""When a line can be disputed, and what is left to credit of what was agreed."""

from decimal import Decimal

import pytest

from finance.rules.disputes import objection_reasons, still_to_credit
from partnerships.rules.reasons import Kind, Reason

D = Decimal


@pytest.mark.parametrize(
    ("left", "is_open", "expected"),
    [
        ("50", False, ()),
        ("0.01", False, ()),
        (
            *("50", True),
            (
                Reason(
                    Kind.BLOCKS,
                    "dispute_open",
                    "There is already an open dispute about this line.",
                    "We will email the answer.",
                ),
            ),
        ),
        (
            *("0", False),
            (
                Reason(
                    Kind.BLOCKS,
                    "nothing_left",
                    "This line has been credited in full, so there is nothing to dispute.",
                ),
            ),
        ),
    ],
)
def test_what_can_be_disputed(left: str, is_open: bool, expected: tuple[Reason, ...]) -> None:
    assert objection_reasons(D(left), is_open=is_open) == expected


def test_an_agreed_credit_is_issued_before_the_rest_is_disputed() -> None:
    assert objection_reasons(D(30), is_open=False, agreed=D("0.01")) == (
        Reason(
            Kind.BLOCKS,
            "credit_agreed",
            "We have agreed to credit this line.",
            "Once you have the credit note, you can dispute what is left.",
        ),
    )


@pytest.mark.parametrize(
    ("agreed", "since", "left", "to_credit"),
    [
        pytest.param("50", "0", "50", "50", id="nothing yet"),
        pytest.param("20", "0", "50", "20", id="part of the line"),
        pytest.param("20", "5", "45", "15", id="begun"),
        pytest.param("20", "20", "30", "0", id="done"),
        pytest.param("20", "30", "20", "0", id="more than agreed"),
        pytest.param("50", "0", "10", "10", id="the line was credited before"),
        pytest.param("50", "0", "0", "0", id="nothing left of the line"),
    ],
)
def test_what_is_still_to_credit(agreed: str, since: str, left: str, to_credit: str) -> None:
    assert still_to_credit(D(agreed), D(since), D(left)) == D(to_credit)
