"""Which sessions an event can have: the admin says so before it saves, the operation before it writes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from courses.models import Event
from courses.rules.states import EventState
from courses.rules.when import Times
from partnerships.rules.refused import refuse


def check_new_times(event: Event, ordered: Sequence[Times]) -> None:
    """Whether the event can have these sessions, first to last."""
    check_times(ordered)
    if event.state not in {EventState.DRAFT, EventState.PUBLISHED}:
        raise refuse("event_over", "This event is over or cancelled.")
    if event.state == EventState.PUBLISHED and ordered[0][0] != event.starts_at:
        raise refuse(
            "start_is_published",
            "You cannot change the start of a published event here.",
            "Use “Change the date” on the event’s board: deadlines and emails will move with it.",
        )


def check_times(ordered: Sequence[Times]) -> None:
    """Sessions end after they start, and one after the other."""
    if not ordered:
        raise refuse("no_session", "An event needs at least one session.")
    if any(end <= start for start, end in ordered):
        raise refuse("ends_before_it_starts", "A session must end after it starts.")
    if any(later < end for (_, end), (later, _) in pairwise(ordered)):
        raise refuse("sessions_overlap", "Two sessions overlap.")
