"""What every page says about giving a place back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bookings.rules.cancelling import cancelling_wording
from bookings.rules.states import CAN_BE_CANCELLED, BookingState

LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 6, 16, 9, 30, tzinfo=LONDON)
CANCEL_BY = datetime(2026, 6, 2, 23, 59, 59, 999999, tzinfo=LONDON)
EARLY, LATE = CANCEL_BY - timedelta(days=1), CANCEL_BY + timedelta(days=1)
UNCONFIRMED = "The place is not confirmed yet, so cancelling costs nothing."
FREE = "Cancelling is free until the end of Tuesday 2 June 2026."
ENDED = "The free cancellation period ended at the end of Tuesday 2 June 2026."


@pytest.mark.parametrize(
    ("state", "late_costs", "now", "sentence"),
    [
        pytest.param(BookingState.BOOKED, True, EARLY, FREE, id="in time"),
        pytest.param(BookingState.BOOKED, True, CANCEL_BY, FREE, id="to the last instant"),
        pytest.param(BookingState.BOOKED, True, LATE, ENDED, id="too late"),
        pytest.param(BookingState.PENDING, True, LATE, UNCONFIRMED, id="waits for approval"),
        pytest.param(BookingState.PROPOSED, True, LATE, UNCONFIRMED, id="named by a colleague"),
        pytest.param(
            BookingState.BOOKED,
            False,
            LATE,
            "Cancelling costs nothing. Tell us as early as you can.",
            id="a course that the policy leaves out",
        ),
        pytest.param(BookingState.BOOKED, True, START + timedelta(hours=1), "", id="has begun"),
        *(
            pytest.param(state, True, EARLY, "", id=f"over: {state}")
            for state in BookingState
            if state not in CAN_BE_CANCELLED
        ),
    ],
)
def test_one_sentence_for_each_state(
    state: BookingState, late_costs: bool, now: datetime, sentence: str
) -> None:
    told = cancelling_wording(
        state,
        late_costs=late_costs,
        cancel_by=CANCEL_BY,
        starts_at=START,
        now=now,
        tz=LONDON,
    )
    assert told == sentence
