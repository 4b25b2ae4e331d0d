"""Offers that were not answered in time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.emails.places import tell_offer_expired
from bookings.models import Offer, WaitingListEntry
from bookings.rules.states import OfferState, WaitingState
from outbox.sweeps import take


@transaction.atomic
def expire_next_offer(*, now: datetime) -> int:
    """Sweep: end one offer that was not answered in time, and pass the place on. The person leaves the waiting list."""
    offer = take(
        Offer.objects.lapsed(now)
        .select_related("entry__membership__user", "event__course")
        .order_by("expires_at", "pk")
    )
    if offer is None:
        return 0
    offer.state, offer.answered_at = OfferState.EXPIRED, now
    offer.save()
    offer.entry.state = WaitingState.LEFT
    offer.entry.save()
    here = WaitingListEntry.objects.filter(pk=offer.entry_id).still_here(timezone.localdate(now))
    if here.exists():
        tell_offer_expired(offer, now)
    return 1
