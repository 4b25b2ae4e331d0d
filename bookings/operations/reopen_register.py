"""Open a closed register again, to put a mark right."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import Booking, Charge
from bookings.operations.move import move
from bookings.operations.refused import refuse
from bookings.rules.states import WAS_PRESENT, BookingState, ChargeKind, ChargeState
from courses.models import Event, TrainingRecord
from courses.rules.states import EventState
from partnerships.models import Membership

FROM_THE_REGISTER = [ChargeKind.ATTENDANCE, ChargeKind.NO_SHOW]


@transaction.atomic
def reopen_register(*, event: Event, by: Membership, at: datetime) -> Event:
    """Take back what closing did. Not once an invoice went out: a credit note puts that right.

    Charges that nobody has decided about go with it; the history tables keep them.
    """
    locked: Event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if locked.register_closed_at is None:
        return locked
    charges = Charge.objects.select_for_update().filter(
        booking__event=locked, kind__in=FROM_THE_REGISTER
    )
    if charges.filter(state=ChargeState.INVOICED).exists():
        raise refuse(
            "already_invoiced",
            "Charges of this register have been invoiced, so it stays closed.",
            "Ask finance for a credit note instead.",
        )
    undecided = [ChargeState.TO_REVIEW, ChargeState.NEEDS_DECISION]
    if charges.exclude(state__in=undecided).exists() or charges.disputed().exists():
        raise refuse(
            "already_decided",
            "Finance has already decided about charges of this register, so it stays closed.",
        )
    charges.delete()
    TrainingRecord.objects.filter(event=locked).delete()
    over = Booking.objects.filter(event=locked, state__in=[*WAS_PRESENT, BookingState.NO_SHOW])
    for booking in over.select_for_update():
        move(booking, BookingState.BOOKED, at=at, by=by, why="The register was opened again.")
    locked.state = EventState.PUBLISHED
    locked.register_closed_at = locked.register_closed_by = None
    locked.save()
    return locked
