"""The register of an event: who is expected, what has been marked, what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet

from bookings.models import Attendance, Booking
from bookings.rules.attendance import AttendanceOutcome, SessionMark, attendance_outcome
from bookings.rules.states import HOLDS_A_PLACE, BookingState
from courses.models import Event, Session
from courses.rules.states import EventState
from partnerships.models import Membership
from partnerships.rules.roles import Permission

# Registers that come up on the list before their day, so that sign-in sheets can be printed.
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class RegisterRow:
    """One person on the register. ``marks`` are by session id."""

    booking: Booking
    marks: dict[int, SessionMark] = field(default_factory=dict)

    def is_complete(self, sessions: Sequence[Session]) -> bool:
        """Whether every session has its mark."""
        return all(session.pk in self.marks for session in sessions)

    @property
    def never_approved(self) -> bool:
        """Waited for approval until the end, and nobody saw the person."""
        return self.booking.state == BookingState.PENDING and not self.marks

    @property
    def outcome(self) -> AttendanceOutcome:
        """What the marks come to under the policy agreed at booking."""
        return attendance_outcome(list(self.marks.values()), self.booking.policy.attendance_rule())


def register_rows(event: Event) -> list[RegisterRow]:
    """Everybody who holds a place, by name. Two queries."""
    bookings = (
        Booking.objects.filter(event=event)
        .holding_a_place()
        .select_related("membership__user", "agency", "employment", "policy")
        .prefetch_related(Prefetch("attendances", Attendance.objects.order_by("session")))
        .order_by("membership__user__full_name", "pk")
    )
    return [
        RegisterRow(booking, {row.session_id: row.as_rule() for row in booking.attendances.all()})
        for booking in bookings
    ]


def outcome_of(booking: Booking) -> AttendanceOutcome | None:
    """What the register says of one booking, None where it says nothing yet."""
    marks = [row.as_rule() for row in booking.attendances.all()]
    return attendance_outcome(marks, booking.policy.attendance_rule()) if marks else None


def registers_for(who: Membership, now: datetime) -> QuerySet[Event]:
    """Events whose register this person may see: trainers their own, coordinators all, the next ones first."""
    events = Event.objects.filter(
        state__in=[EventState.PUBLISHED, EventState.COMPLETED], starts_at__lte=now + AHEAD
    )
    if not who.may(Permission.RUN_TRAINING):
        events = events.of_trainer(who)
    held = Q(bookings__state__in=sorted(HOLDS_A_PLACE))
    return (  # type: ignore[no-any-return]
        events.select_related("course", "venue")
        .annotate(expected=Count("bookings", filter=held, distinct=True))
        .order_by("-starts_at")
    )
