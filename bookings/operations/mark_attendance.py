"""Mark the register: who was there, session by session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import Attendance, Booking
from bookings.rules.attendance import DOORS_OPEN, SessionMark, minutes_beyond, takes_marks
from bookings.steps.open_register import open_register
from courses.models import Event, Session
from govuk.rules.phrases import moment
from partnerships.models import Membership
from partnerships.rules.refused import refuse


@dataclass(frozen=True)
class MarkEntry:
    """One mark, for one booking in one session, by their ids."""

    booking: int
    session: int
    mark: SessionMark


@transaction.atomic
def mark_attendance(
    *, event: Event, entries: Iterable[MarkEntry], by: Membership, at: datetime
) -> int:
    """Write the marks that say something new, and return how many.

    The last mark of a person in a session counts, and its history is kept. A closed register takes none.
    """
    open_register(event, at)
    bookings = set(
        Booking.objects.filter(event=event).holding_a_place().values_list("pk", flat=True)
    )
    sessions = {session.pk: session for session in event.sessions.all()}
    known = {
        (row.booking_id, row.session_id): row.as_rule()
        for row in Attendance.objects.filter(booking__in=bookings)
    }
    wanted = [entry for entry in entries if entry.booking in bookings and entry.session in sessions]
    for entry in wanted:
        refuse_unless_it_can_be(entry.mark, sessions[entry.session], at)
    fresh = [
        Attendance(
            booking_id=entry.booking,
            session_id=entry.session,
            mark=entry.mark.mark,
            minutes_late=entry.mark.minutes_late,
            minutes_early=entry.mark.minutes_early,
            marked_by=by,
            marked_at=at,
        )
        for entry in wanted
        if known.get((entry.booking, entry.session)) != entry.mark
    ]
    Attendance.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["booking", "session"],
        update_fields=["mark", "minutes_late", "minutes_early", "marked_by", "marked_at"],
    )
    return len(fresh)


def refuse_unless_it_can_be(mark: SessionMark, session: Session, at: datetime) -> None:
    """A mark must be for a session that has begun or is about to, and cannot miss more minutes than the session has."""
    if not takes_marks(session.starts_at, at):
        opens = moment(session.starts_at - DOORS_OPEN, timezone.get_current_timezone())
        raise refuse(
            "session_not_begun",
            f"Session {session.position} has not started. You can mark it from {opens}.",
        )
    length = minutes_beyond(mark, session.starts_at, session.ends_at)
    if length is not None:
        raise refuse(
            "too_many_minutes",
            f"The session lasts {length} minutes. No one can miss more of it than that.",
        )
