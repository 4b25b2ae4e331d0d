"""Set the sessions of an event. It starts with the first and ends with the last."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from courses.models import Event, Session
from courses.rules.when import Times
from courses.terms.new_times import check_new_times

OUT_OF_THE_WAY = 1000  # positions are unique while they change places


@transaction.atomic
def reschedule_event(*, event: Event, times: Sequence[Times]) -> Event:
    """Give an event these sessions, each a start and an end.

    The start of a published event stays: deadlines depend on it, so it is moved by an app that knows bookings.
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    ordered = sorted(times)
    check_new_times(event, ordered)
    if write_sessions(event, ordered):
        event.starts_at = ordered[0][0]
        event.ends_at = ordered[-1][1]
        event.revision += 1
        event.save()
    return event


def write_sessions(event: Event, ordered: Sequence[Times]) -> bool:
    """Returns whether anything changed. A session whose times stay keeps its row, because registers name it."""
    have = {(one.starts_at, one.ends_at): one for one in event.sessions.order_by("position")}
    if list(have) == list(ordered):
        return False
    stays = {times: have.pop(times) for times in ordered if times in have}
    others = iter(have.values())  # each of these takes the next new times
    event.sessions.update(position=F("position") + OUT_OF_THE_WAY)
    for position, times in enumerate(ordered, 1):
        session = stays.get(times) or next(others, None) or Session(event=event)
        session.position, (session.starts_at, session.ends_at) = position, times
        session.save()
    for surplus in others:
        surplus.delete()
    return True
