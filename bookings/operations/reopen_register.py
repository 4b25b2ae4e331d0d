"""Reopen a closed register, to correct a mark."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.rules.states import BookingState
from bookings.steps.move import move
from bookings.steps.weigh import weigh
from bookings.terms.reopening import reopening_of
from courses.models import Event
from courses.rules.states import EventState
from partnerships.models import Membership
from partnerships.rules.refused import Refused


@transaction.atomic
def reopen_register(*, event: Event, by: Membership, at: datetime) -> Event:
    """Undo what closing did. Not possible once an invoice has gone out: that needs a credit note.

    Charges that no one has decided on are withdrawn with it; the history tables keep them.
    """
    locked: Event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if locked.register_closed_at is None:
        return locked
    back = reopening_of(locked)
    back.charges.hold()
    if back.obstacle is not None:
        raise Refused(back.obstacle)
    back.charges.withdraw()
    back.records.delete()
    people = set()
    for booking in back.bookings.select_for_update(of=("self",)):
        people.add(booking.membership_id)
        move(booking, BookingState.BOOKED, at=at, by=by, why="The register was opened again.")
    weigh(people=people, now=at)
    locked.state = EventState.PUBLISHED
    locked.register_closed_at = locked.register_closed_by = None
    locked.save()
    return locked
