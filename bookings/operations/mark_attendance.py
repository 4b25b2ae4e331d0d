"""Mark the register: who was there, session by session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import Attendance, Booking
from bookings.rules.attendance import DOORS_OPEN, SessionMark, minutes_beyond, takes_marks
from courses.models import Event, Session
from courses.rules.states import EventState
from govuk.rules.phrases import long_date, moment
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


def open_register(event: Event, at: datetime) -> Event:
    """The event, locked, if its register can be marked at this instant."""
    locked: Event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if locked.register_closed_at is not None:
        raise refuse(
            "register_closed", "This register is closed.", "A coordinator can open it again."
        )
    if locked.state != EventState.PUBLISHED:
        label = EventState(locked.state).label.lower()
        raise refuse("no_register", f"This event is {label}, so there is no register to mark.")
    first_day = timezone.localdate(locked.starts_at)
    if timezone.localdate(at) < first_day:
        raise refuse(
            "register_not_open",
            f"The register opens on the day of the event, {long_date(first_day)}.",
        )
    return locked
