"""Leave the waiting list."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.emails.places import tell_taken_off
from bookings.models import Offer, WaitingListEntry
from bookings.rules.states import OfferState, WaitingState
from bookings.steps.locks import locked_event
from outbox.tasks import wake
from partnerships.models import Membership
from partnerships.rules.refused import refuse


@transaction.atomic
def leave_waiting_list(*, entry: WaitingListEntry, by: Membership, now: datetime) -> None:
    """Take someone off the waiting list. A place that was offered to them is free again."""
    locked_event(entry.event_id)
    entry = WaitingListEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if entry.state not in {WaitingState.WAITING, WaitingState.OFFERED}:
        raise refuse("not_waiting", "This place on the waiting list is no longer open.")
    for offer in Offer.objects.filter(entry=entry).open():
        offer.state, offer.answered_at = OfferState.DECLINED, now
        offer.save()
    if by.pk != entry.membership_id:
        tell_taken_off(entry, now)
    entry.state = WaitingState.LEFT
    entry.save()
    wake()
