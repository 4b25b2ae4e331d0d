"""Take a place that was offered, or leave it to the next in line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import Booking, Offer, WaitingListEntry
from bookings.operations.book_place import begin, new_booking
from bookings.operations.locks import locked_event
from bookings.operations.refused import Refused, check_shown, has_left, refuse
from bookings.reports.desk import held_desk
from bookings.reports.facts import Person
from bookings.reports.places import places_of
from bookings.rules.states import OfferState, WaitingState
from partnerships.models import Membership
from partnerships.rules.reasons import blocks
from partnerships.tasks import wake

ANSWERED = {
    OfferState.ACCEPTED: "You have already taken this place.",
    OfferState.DECLINED: "You have already turned this place down.",
    OfferState.EXPIRED: "The time to answer has passed, and the place has gone to the next person on the waiting list.",
    OfferState.WITHDRAWN: "This offer was withdrawn.",
}


@transaction.atomic
def accept_offer(*, offer: Offer, by: Membership, now: datetime, shown: str = "") -> Booking:
    """Turn an open offer into a booking on the policy that was agreed when joining the line.

    Somebody who accepts after the ordinary deadline gets some hours in which cancelling is still free.
    ``shown`` names the quote that the page has told: where it is another one now, nothing is done.
    """
    offer = open_offer(offer, now)
    entry = offer.entry
    check_still_here(entry, now)
    if not places_of(offer.event).left_for_an_offer:
        raise refuse(
            "full",
            "There are now fewer places, and none are left.",
            "You are still on the waiting list.",
        )
    desk = held_desk(offer.event, now, entry.policy)
    reasons = desk.reasons(
        not_waiting(desk.person(entry.membership)),
        entry.employment,
        manager_approved=False,
        override=bool(entry.override),
    )
    if blocks(reasons):
        raise Refused(*reasons)
    booking = new_booking(
        desk, membership=entry.membership, employment=entry.employment, by=by, details=entry.details
    )
    check_shown(shown, desk.agreed(entry.employment).quote.shown)
    booking.give_deadline(desk.terms.deadline_after_offer(now))
    # What was settled when joining, a lead's consent for one, is not asked again.
    asked = tuple(one for one in reasons if one.code in entry.waits_for or blocks((one,)))
    close(offer, OfferState.ACCEPTED, WaitingState.BOOKED, now)
    why = entry.override or "Offered from the waiting list."
    begin(booking, asked, by=by, now=now, why=why)
    offer.booking = booking
    offer.save()
    return booking


def check_still_here(entry: WaitingListEntry, now: datetime) -> None:
    """A place is for the job that it was asked for in, and for an account that is open."""
    here = WaitingListEntry.objects.still_here(timezone.localdate(now))
    if not here.filter(pk=entry.pk).exists():
        raise has_left(entry.agency)


@transaction.atomic
def decline_offer(*, offer: Offer, now: datetime) -> None:
    """The place goes to the next person on the waiting list, at once."""
    close(open_offer(offer, now), OfferState.DECLINED, WaitingState.LEFT, now)
    wake()


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
    """Write the answer down, on the offer and in the line."""
    offer.state, offer.answered_at = answer, now
    offer.save()
    offer.entry.state = entry_state
    offer.entry.save()


def not_waiting(person: Person) -> Person:
    """Somebody who takes an offer waits because of it; that speaks against nothing."""
    return replace(person, already_waiting=False)
