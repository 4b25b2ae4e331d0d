"""What a page told is compared by its fingerprint."""

from datetime import date
from decimal import Decimal

import pytest

from bookings.rules.shown import fingerprint
from bookings.rules.states import BookingState


def test_a_fingerprint_is_the_same_in_every_process_and_version() -> None:
    assert fingerprint(["booked", 50]) == "ff001efabe8dfbba"


@pytest.mark.parametrize(
    ("told", "in_words"),
    [
        (Decimal("50.00"), "50.00"),
        (date(2026, 3, 2), "2026-03-02"),
        (BookingState.BOOKED, "booked"),
    ],
)
def test_what_is_no_plain_value_counts_by_its_words(told: object, in_words: str) -> None:
    assert fingerprint([told]) == fingerprint([in_words])


@pytest.mark.parametrize(
    ("told", "otherwise"),
    [
        (["booked", 50], ["booked", 51]),
        (["booked", 50], [50, "booked"]),
        ({"late": None}, {"late": "0.00"}),
        ([], None),
    ],
)
def test_whatever_is_told_otherwise_is_noticed(told: object, otherwise: object) -> None:
    assert fingerprint(told) != fingerprint(otherwise)
