"""Close the register: what the marks say becomes the bookings' outcome, records of learning and charges."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import Booking, WaitingListEntry
from bookings.operations.move import move
from bookings.operations.raise_charge import facts_of, raise_charge
from bookings.operations.refused import refuse
from bookings.reports.register import RegisterRow, register_rows
from bookings.reports.terms import terms_of
from bookings.rules.charging import charge_for
from bookings.rules.fees import Price
from bookings.rules.states import WAS_PRESENT, BookingState, FeeOutcome, WaitingState
from courses.models import Event, TrainingRecord
from courses.rules.states import Delivery, EventState
from partnerships.models import Membership
from partnerships.rules.wording import counted
from partnerships.tenancy.scope import active_partnership


@transaction.atomic
def close_register(*, event: Event, by: Membership, at: datetime) -> Event:
    """Close it once: a second call finds it closed and changes nothing."""
    locked: Event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if locked.register_closed_at is not None:
        return locked
    rows = register_rows(locked)
    sentence = why_not_close(locked, rows, at)
    if sentence:
        raise refuse("register_not_closable", sentence)
    for row in rows:
        row.booking.event = locked
        settle(row, by=by, at=at)
    WaitingListEntry.objects.open().filter(event=locked).update(state=WaitingState.CLOSED)
    locked.state = EventState.COMPLETED
    locked.register_closed_at, locked.register_closed_by = at, by
    locked.save()
    return locked


def why_not_close(event: Event, rows: list[RegisterRow], at: datetime) -> str:
    """The sentence that stands in the way, empty when nothing does."""
    if event.state not in {EventState.PUBLISHED, EventState.COMPLETED}:
        return f"This event is {EventState(event.state).label.lower()}: there is nothing to close."
    if at < event.ends_at:
        return "The register can be closed when the event has ended."
    sessions = list(event.sessions.all())
    unmarked = [row for row in rows if not row.is_complete(sessions) and not row.never_approved]
    if unmarked:
        verb = "has" if len(unmarked) == 1 else "have"
        return f"{counted(len(unmarked), 'person', 'people')} {verb} not been marked in every session yet."
    return ""


def settle(row: RegisterRow, *, by: Membership, at: datetime) -> None:
    """One person's outcome, with its history, record of learning and charge."""
    booking = row.booking
    if row.never_approved:
        move(
            booking, BookingState.DECLINED, at=at, by=by, why="Nobody approved it before the event."
        )
        return
    outcome = row.outcome
    why = " ".join(reason.sentence for reason in outcome.reasons) or "The register was closed."
    move(booking, outcome.state, at=at, by=by, why=why)
    if outcome.state is BookingState.ATTENDED or outcome.certificate:
        record_learning(booking)
    raise_charge(booking=booking, at=at, charged_as_absent=outcome.charge)


def record_learning(booking: Booking) -> None:
    """The fact that somebody completed the course, written once an event."""
    event = booking.event
    TrainingRecord.objects.get_or_create(
        membership=booking.membership,
        event=event,
        defaults={
            "course": event.course,
            "title": event.course.title,
            "provider": active_partnership().name,
            "completed_on": timezone.localdate(event.ends_at),
            "minutes": event.course.minutes,
            "participatory": event.delivery != Delivery.E_LEARNING,
        },
    )


@dataclass(frozen=True)
class Closing:
    """What closing would do, shown before the button is pressed."""

    present: int
    absent: int
    declined: int
    charges: tuple[tuple[Booking, Price], ...]
    obstacle: str


def closing_of(event: Event, at: datetime) -> Closing:
    """The same outcomes and prices as closing gives, without writing anything."""
    rows = register_rows(event)
    obstacle = why_not_close(event, rows, at)
    marked = [] if obstacle else [row for row in rows if not row.never_approved]
    present = sum(row.outcome.state in WAS_PRESENT for row in marked)
    return Closing(
        present=present,
        absent=len(marked) - present,
        declined=sum(row.never_approved for row in rows),
        charges=tuple(
            (row.booking, price) for row in marked if (price := price_of(row, event)) is not None
        ),
        obstacle=obstacle,
    )


def price_of(row: RegisterRow, event: Event) -> Price | None:
    """What this person's agency would be charged, None where nothing."""
    row.booking.event = event
    terms = terms_of(event, row.booking.policy)
    outcome = row.outcome
    facts = facts_of(row.booking, terms, charged_as_absent=outcome.charge)
    due = charge_for(replace(facts, state=outcome.state), terms.notice, terms.prices)
    return None if due.kind is None or due.price.outcome is FeeOutcome.FREE else due.price
