"""The waiting lists of full events, and a place offered to the first person on the list."""

from __future__ import annotations

from datetime import timedelta

from bookings.models import Offer, WaitingListEntry
from bookings.rules.states import OfferState, WaitingState
from bookings.terms.practice import practice_here
from tools.demo.crowd import OFFERED, Part
from tools.demo.town import Occasion, Town


def load_line(town: Town, occasion: Occasion, parts: list[Part]) -> None:
    """Entries in the order of joining; who was offered a place is the first of them."""
    line = sorted(parts, key=lambda one: (one.part != OFFERED, one.person.key))
    if not line:
        return
    entries = WaitingListEntry.objects.bulk_create(
        [entry(town, occasion, one, position) for position, one in enumerate(line)]
    )
    Offer.objects.bulk_create(
        [offer(town, occasion, one) for one in entries if one.state == WaitingState.OFFERED]
    )


def entry(town: Town, occasion: Occasion, one: Part, position: int) -> WaitingListEntry:
    """A place on the waiting list, joined in the week before the day of loading."""
    assert occasion.terms is not None
    chance = town.chance("line", occasion.event.reference, one.person.key)
    ago = timedelta(days=6 - position % 6, hours=-chance.randint(8, 18))
    return WaitingListEntry(
        event=occasion.event,
        membership=one.person.membership,
        employment=one.person.employment,
        agency=one.person.agency,
        policy=occasion.terms.policy,
        state=WaitingState.OFFERED if one.part == OFFERED else WaitingState.WAITING,
        joined_at=town.midnight - ago,
        manager_declared=True,
    )


def offer(town: Town, occasion: Occasion, first: WaitingListEntry) -> Offer:
    """Made yesterday evening and still open."""
    made_at = town.midnight - timedelta(hours=5)
    return Offer(
        entry=first,
        event=occasion.event,
        state=OfferState.OPEN,
        made_at=made_at,
        expires_at=made_at + timedelta(hours=practice_here().offer_hours),
    )
