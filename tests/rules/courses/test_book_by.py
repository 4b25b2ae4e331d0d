"""When bookings close: by hand, by the count, or at the start; and how it reads."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from courses.rules.catalogue import book_by_wording, bookings_close

LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 12, 8, 9, 30, tzinfo=LONDON)
COUNTED = datetime(2026, 12, 3, 17, 0, tzinfo=LONDON)
BY_HAND = datetime(2026, 12, 7, 12, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("by_hand", "counted", "closes"),
    [
        pytest.param(BY_HAND, COUNTED, BY_HAND, id="by hand comes first, even if it is later"),
        pytest.param(None, COUNTED, COUNTED, id="what the policy counts"),
        pytest.param(BY_HAND, None, BY_HAND, id="by hand without a policy"),
        pytest.param(None, None, START, id="otherwise the start"),
    ],
)
def test_what_closes_bookings(
    by_hand: datetime | None, counted: datetime | None, closes: datetime
) -> None:
    assert bookings_close(by_hand, counted, START) == closes


@pytest.mark.parametrize(
    ("closes", "words"),
    [
        pytest.param(COUNTED, "Book by 5pm on Thursday 3 December 2026", id="before"),
        pytest.param(START, "", id="at the start"),
        pytest.param(START.astimezone(UTC), "", id="at the start, from the database"),
        pytest.param(START + timedelta(hours=1), "", id="by hand, after the start"),
        pytest.param(
            START - timedelta(minutes=1), "Book by 9:29am on Tuesday 8 December 2026", id="just"
        ),
    ],
)
def test_how_it_reads(closes: datetime, words: str) -> None:
    assert book_by_wording(closes, START, LONDON) == words
