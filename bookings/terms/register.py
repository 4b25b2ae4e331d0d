"""The register of an event: who is expected, what has been marked and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Prefetch, Q, QuerySet

from bookings.models import Attendance, Booking
from bookings.rules.attendance import AttendanceOutcome, SessionMark, attendance_outcome
from bookings.rules.states import COUNTS_AS_PRESENT, HOLDS_A_PLACE, BookingState
from courses.models import Event, Session
from courses.rules.states import EventState
from partnerships.models import Employment, Membership, by_family_name, spelt
from partnerships.rules.roles import Permission
from partnerships.rules.searching import plain

# How early registers appear on the list, so that sign-in sheets can be printed.
AHEAD = timedelta(days=14)
MOST_FOUND = 20


@dataclass(frozen=True)
class RegisterRow:
    """One person on the register. ``marks`` are by session id."""

    booking: Booking
    marks: dict[int, SessionMark] = field(default_factory=dict)

    def is_complete(self, sessions: Sequence[Session]) -> bool:
        """Whether every session has its mark."""
        return all(session.pk in self.marks for session in sessions)

    @property
    def fields(self) -> set[str]:
        """The form's field names for the person's mark and minutes."""
        return {f"mark-{self.booking.pk}", f"minutes-{self.booking.pk}"}

    @property
    def words(self) -> str:
        """The words by which the person can be found."""
        return plain(f"{self.booking.membership} {self.booking.agency}")

    @property
    def never_approved(self) -> bool:
        """Whether it waited for approval until the end and no one saw the person."""
        return self.booking.state == BookingState.PENDING and not self.marks

    @property
    def outcome(self) -> AttendanceOutcome:
        """What the marks come to under the policy agreed at booking."""
        rule = self.booking.attendance_rule()
        return attendance_outcome(list(self.marks.values()), rule, walk_in=self.booking.walk_in)


def register_rows(event: Event) -> list[RegisterRow]:
    """Everyone who holds a place, by family name. Two queries."""
    bookings = (
        Booking.objects.filter(event=event)
        .holding_a_place()
        .select_related(
            "membership__user", "agency", "employment", "policy", "register_exception", "group"
        )
        .prefetch_related(Prefetch("attendances", Attendance.objects.order_by("session")))
        .order_by(*by_family_name("membership__user__full_name"), "pk")
    )
    return [
        RegisterRow(booking, {row.session_id: row.as_rule() for row in booking.attendances.all()})
        for booking in bookings
    ]


def rows_matching(rows: Sequence[RegisterRow], words: str) -> list[RegisterRow]:
    """Those whose name or agency has every one of the words."""
    wanted = plain(words).split()
    return [row for row in rows if all(word in row.words for word in wanted)]


def outcome_of(booking: Booking) -> AttendanceOutcome | None:
    """What the register says about one booking; None if it says nothing yet."""
    marks = [row.as_rule() for row in booking.attendances.all()]
    if not marks:
        return None
    return attendance_outcome(marks, booking.attendance_rule(), walk_in=booking.walk_in)


def registers_of(who: Membership) -> QuerySet[Event]:
    """Events whose register this person may see: trainers their own, coordinators all."""
    with_register = [EventState.PUBLISHED, EventState.COMPLETED]
    events = Event.objects.filter(state__in=with_register).select_related("course__group", "venue")
    if who.may(Permission.RUN_TRAINING):
        return events  # type: ignore[no-any-return]
    return events.of_trainer(who)  # type: ignore[no-any-return]


def registers_for(who: Membership, now: datetime) -> QuerySet[Event]:
    """The person's registers, the open ones before the closed, each with the number of people expected."""
    held = Q(bookings__state__in=sorted(HOLDS_A_PLACE))
    return (
        registers_of(who)
        .filter(starts_at__lte=now + AHEAD)
        .annotate(expected=Count("bookings", filter=held, distinct=True))
        .prefetch_related("sessions")
        .order_by(F("register_closed_at").desc(nulls_first=True), "-starts_at")
    )


def absent_so_far(event: Event) -> int:
    """How many people hold a place and were marked absent in every session so far."""
    holding = Booking.objects.filter(event=event).holding_a_place()
    marked = holding.filter(attendances__isnull=False)
    came = holding.filter(attendances__mark__in=sorted(COUNTS_AS_PRESENT))
    return int(marked.exclude(pk__in=came.values("pk")).distinct().count())


def people_matching(text: str, event: Event, today: date) -> list[Employment]:
    """Jobs of people by name, for walk-ins; without people who are already on the register."""
    found = Employment.objects.jobs_on(today).filter(membership__in=Membership.objects.active())
    found = found.filter(spelt(text, "membership__user__full_name"))
    here = Booking.objects.filter(event=event).holding_a_place().values("membership")
    jobs = found.exclude(membership__in=here).select_related("membership__user", "agency")
    return list(jobs.order_by(*by_family_name("membership__user__full_name"))[:MOST_FOUND])
