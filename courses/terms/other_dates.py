"""Other dates for a course, for people who lost or gave up their place."""

from __future__ import annotations

from datetime import datetime

from courses.models import Event
from courses.terms.times import session_times

MOST_DATES = 3


def other_dates(event: Event, now: datetime) -> list[Event]:
    """The next dates of the same course that can be chosen instead, few enough for an email."""
    rows = (
        Event.objects.on_offer(now)
        .bookable(now)
        .filter(course=event.course_id)
        .exclude(pk=event.pk)
    )
    return list(
        rows.annotate(session_times=session_times()).order_by("starts_at", "pk")[:MOST_DATES]
    )
