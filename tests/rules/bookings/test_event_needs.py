"""What the list of all events says about each: the most urgent first."""

from __future__ import annotations

import pytest

from bookings.rules.event_needs import EventNeeds
from partnerships.rules.reasons import Kind, Reason

NO_TRAINER = Reason(Kind.BLOCKS, "too_few_trainers", "A session needs 2 trainers; this one has 0.")


@pytest.mark.parametrize(
    ("facts", "sentences"),
    [
        ({}, ()),
        ({"free": 3}, ()),
        ({"register_open": True}, ("The register is open.",)),
        ({"is_draft": True}, ("Not published yet.",)),
        ({"waiting": 1}, ("1 person is waiting for a place.",)),
        ({"waiting": 4}, ("4 people are waiting for a place.",)),
        ({"waiting": 1, "free": 1}, ("1 person is waiting, and there are free places.",)),
        ({"waiting": 2, "free": 5}, ("2 people are waiting, and there are free places.",)),
        (
            {"is_draft": True, "reasons": (NO_TRAINER,), "waiting": 1},
            (
                "Not published yet.",
                "A session needs 2 trainers; this one has 0.",
                "1 person is waiting for a place.",
            ),
        ),
    ],
)
def test_what_an_event_needs(facts: dict[str, object], sentences: tuple[str, ...]) -> None:
    assert EventNeeds(**facts).sentences == sentences  # type: ignore[arg-type]
