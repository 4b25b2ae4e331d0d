"""An offer that is being answered."""

from __future__ import annotations

from datetime import datetime

from bookings.models import Offer
from bookings.rules.states import OfferState, WaitingState
from bookings.steps.locks import locked_event
from partnerships.rules.refused import refuse

ANSWERED = {
    OfferState.ACCEPTED: "You have already taken this place.",
    OfferState.DECLINED: "You have already turned this place down.",
    OfferState.EXPIRED: "The time to answer has passed, and the place has gone to the next person on the waiting list.",
    OfferState.WITHDRAWN: "This offer was withdrawn.",
}


def open_offer(offer: Offer, now: datetime) -> Offer:
    """The offer behind the event's lock, if it can still be answered."""
    locked_event(offer.event_id)
    rows = Offer.objects.select_for_update(of=("self",)).select_related(
        "event__course__group",
        "event__venue",
        "entry__membership__user",
        "entry__employment__agency",
        "entry__employment__line_manager__user",
        "entry__policy",
    )
    offer = rows.get(pk=offer.pk)
    if offer.state == OfferState.OPEN and now > offer.expires_at:
        raise refuse(
            "offer_expired", ANSWERED[OfferState.EXPIRED], "You can join the waiting list again."
        )
    if offer.state != OfferState.OPEN:
        raise refuse("offer_answered", ANSWERED[OfferState(offer.state)])
    return offer


def close(offer: Offer, answer: OfferState, entry_state: WaitingState, now: datetime) -> None:
    """Record the answer on the offer and on the waiting list entry."""
    offer.state, offer.answered_at = answer, now
    offer.save()
    offer.entry.state = entry_state
    offer.entry.save()
