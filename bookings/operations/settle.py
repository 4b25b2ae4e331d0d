"""Write down how a booking ends: exactly what its settlement says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from bookings.emails.places import tell_kept, tell_of_end
from bookings.models import Booking, Charge
from bookings.operations.move import move
from bookings.rules.settlement import Due, Settlement, Tells, settled_without_approval
from bookings.rules.states import CAN_BE_CANCELLED, BookingState, ChargeState
from courses.models import TrainingRecord
from courses.rules.prices import FeeOutcome
from courses.rules.states import Delivery
from partnerships.models import Membership
from partnerships.tenancy.scope import active_partnership


@transaction.atomic(savepoint=False)  # part of the operation around it: both fail together
def settle(
    *, booking: Booking, settlement: Settlement, by: Membership | None, at: datetime
) -> list[Charge]:
    """The booking's last state with its history, record of learning, charges and email; returns the charges.

    ``by`` is None where the clock did it. Safe to repeat: what exists is returned as it is, for a person may have
    decided about a charge since.
    """
    was_proposed = booking.state == BookingState.PROPOSED
    was_sure = booking.state == BookingState.BOOKED
    booking.held_until = None
    move(booking, settlement.state, at=at, by=by, why=settlement.why)
    if settlement.is_learnt:
        record_learning(booking)
    charges = raise_charges(booking, settlement.charges, at)
    rows = Booking.objects.select_for_update(of=("self",)).proposed_for(booking)
    for proposed in rows.select_related("membership__user"):
        proposed.event = booking.event
        gone = settled_without_approval("The place was given up before this was decided.")
        settle(booking=proposed, settlement=gone, by=by, at=at)
    if was_proposed and settlement.tells is not Tells.EVENT_CANCELLED:
        tell_keeper(booking, settlement, at)
    if settlement.tells is not None:
        tell_of_end(booking, settlement, charges, at, in_calendar=was_sure)
    return charges


def tell_keeper(proposed: Booking, settlement: Settlement, at: datetime) -> None:
    """Whoever wanted to send this colleague keeps the place. A decision has its reason told; one's own is private."""
    if proposed.replaces.state in CAN_BE_CANCELLED and at < proposed.event.starts_at:
        declined = settlement.tells is Tells.DECLINED
        tell_kept(proposed.replaces, proposed, settlement.why if declined else "", at)


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


def raise_charges(booking: Booking, dues: Iterable[Due], at: datetime) -> list[Charge]:
    """One charge for each kind that is due."""
    return [
        Charge.objects.get_or_create(
            booking=booking,
            kind=due.kind,
            defaults={
                "agency": booking.agency,
                "state": first_state(due),
                "amount": due.price.amount,
                "explanation": due.price.explanation.to_json(),
                "arose_on": arose_on(booking),
                "created_at": at,
            },
        )[0]
        for due in dues
    ]


def first_state(due: Due) -> ChargeState:
    """Whether finance looks at an amount, or has to name one."""
    undecided = due.price.outcome is FeeOutcome.DECISION
    return ChargeState.NEEDS_DECISION if undecided else ChargeState.TO_REVIEW


def arose_on(booking: Booking) -> date:
    """The day a charge came about: when the message came, otherwise the event's last day."""
    return timezone.localdate(booking.cancel_received_at or booking.event.ends_at)
