"""Write how a booking ends: exactly what its settlement says."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.emails.places import tell_kept, tell_of_end
from bookings.ledger import ledger
from bookings.models import Booking
from bookings.rules.settlement import Settlement, Tells, settled_without_approval
from bookings.rules.states import CAN_BE_CANCELLED, BookingState
from bookings.steps.move import move
from courses.models import TrainingRecord
from courses.rules.states import Delivery
from partnerships.models import Membership, active_partnership


@transaction.atomic(savepoint=False)  # part of the operation around it: both fail together
def settle(
    *, booking: Booking, settlement: Settlement, by: Membership | None, at: datetime
) -> None:
    """The booking's last state with its history, record of learning, charges and email.

    ``by`` is None if a sweep did it. Safe to repeat.
    """
    was_proposed = booking.state == BookingState.PROPOSED
    was_sure = booking.state == BookingState.BOOKED
    booking.held_until = None
    move(booking, settlement.state, at=at, by=by, why=settlement.why)
    if settlement.is_learnt:
        record_learning(booking)
    dues = (*settlement.charges, *settlement.spared)
    ledger().raise_charges(booking=booking, dues=dues, at=at)
    rows = Booking.objects.select_for_update(of=("self",)).proposed_for(booking)
    for proposed in rows.select_related("membership__user"):
        proposed.event = booking.event
        gone = settled_without_approval("The place was released before this was decided.")
        settle(booking=proposed, settlement=gone, by=by, at=at)
    if was_proposed and settlement.tells is not Tells.EVENT_CANCELLED:
        tell_keeper(booking, settlement, at)
    if settlement.tells is not None:
        tell_of_end(booking, settlement, at, in_calendar=was_sure)


def tell_keeper(proposed: Booking, settlement: Settlement, at: datetime) -> None:
    """The person who wanted to send this colleague keeps the place. Private reasons are not passed on."""
    if proposed.replaces.state in CAN_BE_CANCELLED and at < proposed.event.starts_at:
        declined = settlement.tells is Tells.DECLINED
        tell_kept(proposed.replaces, proposed, settlement.why if declined else "", at)


def record_learning(booking: Booking) -> None:
    """The fact that someone completed the course, written once per event."""
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
