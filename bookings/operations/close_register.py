"""Close the register: what the marks say becomes the bookings' outcome, records of learning and charges."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import WaitingListEntry
from bookings.rules.states import BookingState, WaitingState
from bookings.steps.settle import settle
from bookings.steps.weigh import weigh
from bookings.terms.settlements import Closing, closing_of
from courses.models import Event
from courses.rules.states import EventState
from partnerships.models import Membership
from partnerships.rules.refused import check_shown, refuse


@transaction.atomic
def close_register(*, event: Event, by: Membership, at: datetime, shown: str = "") -> Event:
    """Close it once. A second call finds it closed and changes nothing.

    ``shown`` names the consequences that the page showed. If they have changed since, nothing is done.
    """
    locked: Event = (
        Event.objects.select_for_update(of=("self",)).select_related("course").get(pk=event.pk)
    )
    if locked.register_closed_at is not None:
        return locked
    closing = closing_of(locked, at)
    if closing.obstacle:
        raise refuse("register_not_closable", closing.obstacle)
    check_shown(shown, closing.shown)
    for row, settlement in closing.settlements:
        settle(booking=row.booking, settlement=settlement, by=by, at=at)
    weigh(people=people_of(closing), now=at)
    WaitingListEntry.objects.open().filter(event=locked).update(state=WaitingState.CLOSED)
    locked.state = EventState.COMPLETED
    locked.register_closed_at, locked.register_closed_by = at, by
    locked.save()
    return locked


def people_of(closing: Closing) -> list[int]:
    """Who did not attend."""
    return [
        row.booking.membership_id
        for row, settlement in closing.settlements
        if settlement.state is BookingState.NO_SHOW
    ]
