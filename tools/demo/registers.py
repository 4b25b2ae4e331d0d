"""What trainers mark, and the coordinator who closes the register a day or two later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial

from bookings.operations.close_register import close_register
from bookings.operations.mark_attendance import MarkEntry, mark_attendance
from bookings.rules.attendance import SessionMark
from bookings.rules.states import BookingState, Mark
from courses.models import Session
from partnerships.rules.working_days import nth_working_day_after
from tools.demo.surveys import ask_after
from tools.demo.town import WALK_IN, Occasion, Seat, Town

EXPECTED = {
    BookingState.ATTENDED,
    BookingState.PARTLY_ATTENDED,
    BookingState.NO_SHOW,
    WALK_IN,
}
MARKED_SO_FAR = 0.6  # of an open register
Marked = tuple[Seat, Session, SessionMark]


def note_registers(town: Town) -> None:
    """Marks of closed registers, and of open ones as far as the trainer has got."""
    for occasion in town.occasions:
        together: dict[datetime, list[Marked]] = defaultdict(list)
        for seat in occasion.seats:
            for session, mark in marks_of(town, occasion, seat):
                at = session.starts_at + timedelta(minutes=20 + mark.minutes_late)
                together[at].append((seat, session, mark))
        for at, marked in together.items():
            town.diary.note(at, partial(write_marks, town, occasion, marked))
        if occasion.closed:
            town.diary.note(closing_time(town, occasion), partial(close, town, occasion))


def marks_of(town: Town, occasion: Occasion, one: Seat) -> Iterator[tuple[Session, SessionMark]]:
    """One mark a session."""
    chance = town.chance("register", occasion.event.reference, one.person.key)
    if occasion.story.get("register") == "open" and one.part == BookingState.BOOKED:
        if chance.random() < MARKED_SO_FAR:
            yield occasion.sessions[0], SessionMark(Mark.PRESENT)
        return
    if not occasion.closed or one.part not in EXPECTED:
        return
    for session in occasion.sessions:
        mark = SessionMark(Mark.PRESENT)
        if one.part == BookingState.NO_SHOW:
            mark = SessionMark(Mark.ABSENT)
        elif one.part == BookingState.PARTLY_ATTENDED:
            mark = partly(occasion, session)
        elif chance.random() < 0.08:
            mark = SessionMark(Mark.LATE, minutes_late=5 * chance.randint(1, 4))
        yield session, mark


def partly(occasion: Occasion, session: Session) -> SessionMark:
    """The last of several sessions missed; where there is one only, far too late for it."""
    if len(occasion.sessions) == 1:
        return SessionMark(Mark.LATE, minutes_late=95)
    return SessionMark(Mark.ABSENT if session is occasion.sessions[-1] else Mark.PRESENT)


def write_marks(town: Town, occasion: Occasion, marked: list[Marked], at: datetime) -> None:
    """The trainer marks those who are there at the same moment."""
    mark_attendance(
        event=occasion.event,
        entries=[MarkEntry(seat.booking.pk, session.pk, mark) for seat, session, mark in marked],
        by=town.member(occasion.facts["trainers"][0]),
        at=at,
    )


def closing_time(town: Town, occasion: Occasion) -> datetime:
    """The next working morning or the one after, but before today."""
    days = town.chance("closing", occasion.event.reference).randint(1, 2)
    ended = occasion.event.ends_at.astimezone(town.zone).date()
    day = nth_working_day_after(ended, days, town.calendar)
    return min(town.at(day, time(10, 20)), town.office_closed - timedelta(hours=5))


def close(town: Town, occasion: Occasion, at: datetime) -> None:
    close_register(event=occasion.event, by=town.member("coordinator"), at=at)
    ask_after(town, occasion, at)
