"""Whether a colleague may take a booked place, at no cost (docs/domain/rules.md, substitution)."""

from datetime import datetime, tzinfo

from bookings.rules.instants import hours_before
from bookings.rules.notice import in_time
from govuk.rules.phrases import moment
from partnerships.rules.reasons import Kind, Reason

# Reasons against a new booking that do not apply to taking one over:
# the place is already held, and the terms were agreed with it.
DO_NOT_MATTER = frozenset({"full", "full_no_list", "bookings_closed", "notice_passed"})


def can_be_sent(now: datetime, event_start: datetime, latest_hours: int) -> bool:
    """Whether there is still time to name a colleague; the last instant counts."""
    return in_time(now, hours_before(event_start, latest_hours))


def substitution_wording(
    now: datetime, event_start: datetime, latest_hours: int, tz: tzinfo
) -> str:
    """What we say about sending a colleague; empty if it is too late."""
    if not can_be_sent(now, event_start, latest_hours):
        return ""
    if not latest_hours:
        return "A colleague can always come instead, at no cost."
    last = moment(hours_before(event_start, latest_hours), tz)
    return f"A colleague can come instead, at no cost, if you name them by {last}."


def substitution_reasons(
    now: datetime, event_start: datetime, latest_hours: int, colleague: tuple[Reason, ...]
) -> tuple[Reason, ...]:
    """The colleague's own eligibility, without what the held place already settles, and the time limit."""
    reasons = tuple(reason for reason in colleague if reason.code not in DO_NOT_MATTER)
    if not can_be_sent(now, event_start, latest_hours):
        sentence = "It is too late to send a colleague instead."
        late = Reason(Kind.BLOCKS, "substitution_late", sentence, "Ask the training team.")
        return (late, *reasons)
    return reasons
