"""Who is told of a change to an event."""

import pytest

from bookings.rules.telling import who_is_told


@pytest.mark.parametrize(
    ("booked", "waiting", "offered", "words"),
    [
        (0, 0, 0, ""),
        (1, 0, 0, "1 person who is booked"),
        (2, 0, 0, "2 people who are booked"),
        (0, 1, 0, "1 person on the waiting list"),
        (0, 3, 0, "3 people on the waiting list"),
        (0, 0, 1, "1 person with an offer"),
        (0, 0, 2, "2 people with an offer"),
        (12, 0, 1, "12 people who are booked and 1 with an offer"),
        (0, 2, 3, "2 people on the waiting list and 3 with an offer"),
        (12, 3, 1, "12 people who are booked, 3 on the waiting list and 1 with an offer"),
        (1, 1200, 2, "1 person who is booked, 1,200 on the waiting list and 2 with an offer"),
    ],
)
def test_who_is_told_in_words(booked: int, waiting: int, offered: int, words: str) -> None:
    assert who_is_told(booked, waiting, offered) == words
