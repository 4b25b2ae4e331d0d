"""What the registers say, and the learning that follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bookings.models import Attendance
from bookings.rules.states import BookingState, Mark
from courses.models import Session, TrainingRecord
from courses.rules.states import Delivery
from tools.demo.town import Occasion, Seat, Town

EXPECTED = {
    BookingState.ATTENDED,
    BookingState.PARTLY_ATTENDED,
    BookingState.NO_SHOW,
}
MARKED_SO_FAR = 0.6  # of an open register


def load_registers(town: Town) -> None:
    """Marks of closed registers, those of open ones as far as the trainer has got, and training records."""
    marks: list[Attendance] = []
    learned: list[TrainingRecord] = []
    for occasion in town.occasions:
        for one in occasion.seats:
            marks.extend(marks_of(town, occasion, one))
            if occasion.closed and one.booking.state == BookingState.ATTENDED:
                learned.append(record(town, occasion, one))
    Attendance.objects.bulk_create(marks, batch_size=1000)
    TrainingRecord.objects.bulk_create(learned, batch_size=1000)


def marks_of(town: Town, occasion: Occasion, one: Seat) -> Iterator[Attendance]:
    """One mark a session."""
    chance = town.chance("register", occasion.event.reference, one.person.key)
    state = BookingState(one.booking.state)
    if occasion.story.get("register") == "open" and state is BookingState.BOOKED:
        if chance.random() < MARKED_SO_FAR:
            yield mark(town, occasion, one, occasion.sessions[0], Mark.PRESENT)
        return
    if not occasion.closed or state not in EXPECTED:
        return
    for session in occasion.sessions:
        kind, minutes = Mark.PRESENT, 0
        if state is BookingState.NO_SHOW:
            kind = Mark.ABSENT
        elif state is BookingState.PARTLY_ATTENDED:
            kind, minutes = partly(occasion, session)
        elif chance.random() < 0.08:
            kind, minutes = Mark.LATE, 5 * chance.randint(1, 4)
        yield mark(town, occasion, one, session, kind, minutes)


def partly(occasion: Occasion, session: Session) -> tuple[Mark, int]:
    """The last of several sessions missed; where there is one only, far too late for it."""
    if len(occasion.sessions) == 1:
        return Mark.LATE, 95
    return (Mark.ABSENT if session is occasion.sessions[-1] else Mark.PRESENT), 0


def mark(
    town: Town, occasion: Occasion, one: Seat, session: Session, kind: Mark, minutes: int = 0
) -> Attendance:
    return Attendance(
        booking=one.booking,
        session=session,
        mark=kind,
        minutes_late=minutes,
        marked_by=town.member(occasion.facts["trainers"][0]),
        marked_at=session.starts_at + timedelta(minutes=20 + minutes),
    )


def record(town: Town, occasion: Occasion, one: Seat) -> TrainingRecord:
    """As closing the register writes it."""
    event, course = occasion.event, occasion.course
    return TrainingRecord(
        membership=one.person.membership,
        course=course,
        event=event,
        title=course.title,
        provider=town.partnership.name,
        completed_on=event.ends_at.astimezone(town.zone).date(),
        minutes=course.minutes,
        participatory=event.delivery != Delivery.E_LEARNING,
    )
