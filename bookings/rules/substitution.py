"""Whether a colleague may take a booked place; it costs nothing (design.md 4)."""

from datetime import UTC, datetime

from bookings.rules.instants import hours_before
from partnerships.rules.reasons import Kind, Reason

# Reasons against a new booking that do not hold against taking over one that exists:
# the place is already held, and the terms were agreed with it.
DO_NOT_MATTER = frozenset({"full", "full_no_list", "bookings_closed", "notice_passed"})


def substitution_reasons(
    now: datetime, event_start: datetime, latest_hours: int, colleague: tuple[Reason, ...]
) -> tuple[Reason, ...]:
    """The colleague's own eligibility, less what a held place settles, and the time limit."""
    reasons = tuple(reason for reason in colleague if reason.code not in DO_NOT_MATTER)
    if now.astimezone(UTC) > hours_before(event_start, latest_hours):
        sentence = "It is too late to send a colleague instead."
        late = Reason(Kind.BLOCKS, "substitution_late", sentence, "Ask the training team.")
        return (late, *reasons)
    return reasons
