"""Leave an offered place to the next person on the waiting list."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import Offer
from bookings.rules.states import OfferState, WaitingState
from bookings.steps.offers import close, open_offer
from outbox.tasks import wake


@transaction.atomic
def decline_offer(*, offer: Offer, now: datetime) -> None:
    """Pass the place on to the next person on the waiting list at once."""
    close(open_offer(offer, now), OfferState.DECLINED, WaitingState.LEFT, now)
    wake()
