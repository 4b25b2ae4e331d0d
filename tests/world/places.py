"""Who comes: bookings, waiting lists, registers. Rows only; the operations have tests of their own."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from bookings.models import (
    Attendance,
    Booking,
    BookingTransition,
    ChargingPolicy,
    Offer,
    WaitingListEntry,
)
from bookings.rules.deadline import Deadline
from bookings.rules.states import BookingState, Mark, OfferState, WaitingState
from bookings.terms.agreement import terms_of
from courses.models import Event, Session
from partnerships.models import Employment, Membership
from partnerships.rules.reasons import Explanation
from tests.world.money import charging_policy
from tests.world.people import agency, employment, person

number = count(1)
CANCELLED = {
    BookingState.CANCELLED,
    BookingState.LATE_CANCELLED,
    BookingState.DECLINED,
    BookingState.EVENT_CANCELLED,
}


def policy_in_force() -> ChargingPolicy:
    """The newest policy, made where there is none."""
    found: ChargingPolicy | None = ChargingPolicy.objects.order_by("-version").first()
    return found or charging_policy()


def employment_of(who: Membership) -> Employment:
    """Where the person works, somewhere new where nowhere yet."""
    found: Employment | None = who.employments.first()
    return found or employment(person=who, agency=agency())


def booking(
    *,
    person: Membership,
    event: Event,
    state: BookingState = BookingState.BOOKED,
    booked_at: datetime | None = None,
    **fields: Any,
) -> Booking:
    """A place on the terms of the event, with the steps of its history that led to its state."""
    booked_at = booked_at or timezone.now() - timedelta(days=1)
    work = fields.pop("employment", None) or employment_of(person)
    if state in CANCELLED:
        fields = {
            "cancel_received_at": timezone.now(),
            "cancel_entered_at": timezone.now(),
        } | fields
    defaults: dict[str, Any] = {
        "reference": f"B{next(number):06}",
        "agency": work.agency,
        "booked_by": person,
        "policy": fields.pop("policy", None) or policy_in_force(),
        "policy_accepted_at": booked_at,
        "manager_declared": True,
    }
    made = Booking(
        event=event, membership=person, employment=work, state=state, booked_at=booked_at
    )
    for name, value in (defaults | fields).items():
        setattr(made, name, value)
    terms = terms_of(event, made.policy)
    made.agree_to(terms.for_agency(made.agency))
    if "free_until" in fields:
        made.give_deadline(Deadline(fields["free_until"], Explanation(None, "As the test says.")))
    made.save()
    steps = [("", BookingState.BOOKED), (BookingState.BOOKED, state)]
    for before, after in steps[: 1 if state is BookingState.BOOKED else 2]:
        BookingTransition.objects.create(
            booking=made, from_state=before, to_state=after, at=booked_at, by=person
        )
    return made


def fill(event: Event, *, leaving: int = 0) -> list[Booking]:
    """Book an event until so many places are left."""
    taken = Booking.objects.filter(event=event).holding_a_place().count()
    where = agency()
    return [
        booking(person=person(agency=where), event=event)
        for _ in range(event.capacity - taken - leaving)
    ]


def waiting_entry(
    *,
    person: Membership,
    event: Event,
    state: WaitingState = WaitingState.WAITING,
    joined_at: datetime | None = None,
    **fields: Any,
) -> WaitingListEntry:
    """Someone on the waiting list."""
    work = fields.pop("employment", None) or employment_of(person)
    made: WaitingListEntry = WaitingListEntry.objects.create(
        event=event,
        membership=person,
        employment=work,
        agency=work.agency,
        policy=fields.pop("policy", None) or policy_in_force(),
        state=state,
        joined_at=joined_at or timezone.now(),
        **fields,
    )
    return made


def offer(
    *, entry: WaitingListEntry, hours: int = 48, state: OfferState = OfferState.OPEN
) -> Offer:
    """A place held for someone on the list; the entry says so too."""
    if state is OfferState.OPEN:
        entry.state = WaitingState.OFFERED
        entry.save()
    now = timezone.now()
    made: Offer = Offer.objects.create(
        entry=entry,
        event=entry.event,
        state=state,
        made_at=now,
        expires_at=now + timedelta(hours=hours),
    )
    return made


def attendance(
    *,
    booking: Booking,
    mark: Mark = Mark.PRESENT,
    session: Session | None = None,
    by: Membership | None = None,
    **fields: Any,
) -> Attendance:
    """One mark of the register, in the event's first session unless another is given."""
    made: Attendance = Attendance.objects.create(
        booking=booking,
        session=session or booking.event.sessions.first(),
        mark=mark,
        marked_by=by or booking.membership,
        marked_at=timezone.now(),
        **fields,
    )
    return made
