"""How bookings would end now: read by the pages that show it and the operations that write it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bookings.models import Booking
from bookings.rules.settlement import (
    Due,
    Settlement,
    settled_by_cancelling,
    settled_by_register,
    settled_without_approval,
)
from bookings.rules.shown import fingerprint
from bookings.rules.states import AWAITS_APPROVAL, CAN_BE_CANCELLED, WAS_PRESENT, BookingState
from bookings.terms.agreement import agreed_terms
from bookings.terms.register import RegisterRow, register_rows
from courses.models import Event, Session
from courses.rules.states import EventState
from govuk.rules.phrases import counted
from partnerships.rules.reasons import Kind, Reason
from tenancy import rulebook


def why_not_cancel(booking: Booking, received_at: datetime, entered_at: datetime) -> Reason | None:
    """What prevents cancelling as of an instant; None if nothing does."""
    if booking.state not in CAN_BE_CANCELLED:
        label = BookingState(booking.state).label
        sentence = f"This booking has already ended: {label[0].lower()}{label[1:]}."
        return Reason(Kind.BLOCKS, "is_over", sentence)
    if received_at > entered_at:
        return Reason(
            Kind.BLOCKS, "in_the_future", "The message cannot have arrived in the future."
        )
    if received_at < booking.booked_at:
        sentence = "The message cannot have arrived before the booking was made."
        return Reason(Kind.BLOCKS, "before_booking", sentence)
    if received_at >= booking.event.starts_at:
        step = "The register records who came. Ask the training team if there was a good reason."
        return Reason(Kind.BLOCKS, "has_started", "The event had already started.", step)
    return None


def cancelling(booking: Booking, received_at: datetime, why: str = "") -> Settlement:
    """The end of a booking whose cancellation was received at that instant."""
    pending = booking.state in AWAITS_APPROVAL
    return settled_by_cancelling(agreed_terms(booking), received_at, was_pending=pending, why=why)


@dataclass(frozen=True)
class Closing:
    """What closing a register does. ``obstacle`` says what prevents it; empty if nothing does."""

    settlements: tuple[tuple[RegisterRow, Settlement], ...]
    obstacle: str = ""

    @property
    def present(self) -> int:
        return self._counted(*WAS_PRESENT)

    @property
    def absent(self) -> int:
        return self._counted(BookingState.NO_SHOW)

    @property
    def declined(self) -> int:
        return self._counted(BookingState.DECLINED)

    @property
    def charges(self) -> list[tuple[Booking, Due]]:
        """Every charge that arises, with the booking it is for."""
        return [(row.booking, due) for row, one in self.settlements for due in one.charges]

    @property
    def shown(self) -> str:
        """The fingerprint of all of that, for the form below it."""
        return fingerprint([(row.booking.pk, one.shown) for row, one in self.settlements])

    def _counted(self, *states: BookingState) -> int:
        return sum(one.state in states for _, one in self.settlements)


def closing_of(event: Event, at: datetime) -> Closing:
    """How every booking would end with the marks as they are. The number of queries does not grow with the register."""
    rows = register_rows(event)
    obstacle = why_not_close(event, rows, at)
    if obstacle:
        return Closing((), obstacle)
    with rulebook():  # prices and closure days are read once for all bookings
        return Closing(tuple((row, _settlement(row, event)) for row in rows))


def _settlement(row: RegisterRow, event: Event) -> Settlement:
    if row.never_approved:
        never = settled_without_approval("No one approved it before the event.")
        return replace(never, tells=None)  # the event is over
    row.booking.event = event
    marks = list(row.marks.values())
    return settled_by_register(agreed_terms(row.booking), marks, walk_in=row.booking.walk_in)


def why_not_close(event: Event, rows: list[RegisterRow], at: datetime) -> str:
    """What prevents closing the register; empty if nothing does."""
    if event.state not in {EventState.PUBLISHED, EventState.COMPLETED}:
        return f"This event is {EventState(event.state).label.lower()}: there is nothing to close."
    if at < event.ends_at:
        return "You can close the register when the event has ended."
    sessions: list[Session] = list(event.sessions.all())
    unmarked = [row for row in rows if not row.is_complete(sessions) and not row.never_approved]
    if unmarked:
        verb = "has" if len(unmarked) == 1 else "have"
        people = counted(len(unmarked), "person", "people")
        return f"{people} {verb} not been marked in every session yet."
    return ""
