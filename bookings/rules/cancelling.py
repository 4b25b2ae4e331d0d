"""What we say about cancelling, on every page that shows a booking."""

from __future__ import annotations

from datetime import datetime, tzinfo

from bookings.rules.notice import in_time
from bookings.rules.states import CAN_BE_CANCELLED, BookingState
from govuk.rules.phrases import moment


def cancelling_wording(
    state: BookingState,
    *,
    late_costs: bool,
    cancel_by: datetime,
    starts_at: datetime,
    now: datetime,
    tz: tzinfo,
) -> str:
    """One sentence; empty if the place can no longer be cancelled.

    ``late_costs``: whether a late cancellation fee was quoted, because a policy may leave a course out (W6).
    """
    if state not in CAN_BE_CANCELLED or not in_time(now, starts_at):
        return ""
    if state is not BookingState.BOOKED:
        return "The place is not confirmed yet, so cancelling costs nothing."
    if not late_costs:
        return "Cancelling costs nothing. Tell us as early as you can."
    if in_time(now, cancel_by):
        return f"Cancelling is free until {moment(cancel_by, tz)}."
    return f"The free cancellation period ended at {moment(cancel_by, tz)}."
