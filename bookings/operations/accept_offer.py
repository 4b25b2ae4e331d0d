"""Accept a place that was offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import Booking, Offer, WaitingListEntry
from bookings.rules.grants import GrantTerms
from bookings.rules.restriction import RESTRICTED
from bookings.rules.states import OfferState, WaitingState
from bookings.steps.new_booking import begin, new_booking
from bookings.steps.offers import close, open_offer
from bookings.terms.desk import held_desk
from bookings.terms.facts import PersonFacts
from bookings.terms.places import places_of
from partnerships.models import Membership
from partnerships.rules.reasons import blocks
from partnerships.rules.refused import Refused, check_shown, has_left, refuse


@transaction.atomic
def accept_offer(*, offer: Offer, by: Membership, now: datetime, shown: str = "") -> Booking:
    """Turn an open offer into a booking under the policy that was agreed when joining the waiting list.

    Someone who accepts after the ordinary deadline gets some hours in which cancelling is still free.
    ``shown`` names the quote that the page showed. If it has changed since, nothing is done.
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
        as_when_waiting(desk.person(entry.membership), entry),
        entry.employment,
        manager_approved=False,
        override=bool(entry.override),
    )
    if blocks(reasons):
        raise Refused(*reasons)
    booking = new_booking(
        desk, membership=entry.membership, employment=entry.employment, by=by, details=entry.details
    )
    grant = GrantTerms.from_json(booking.grant_terms)
    agreed = desk.terms.for_agency(entry.agency, grant)
    check_shown(shown, agreed.quote.shown)
    booking.give_deadline(agreed.deadline_after_offer(now, desk.policy.offer_grace_hours))
    # What was settled when joining, such as a lead's consent, is not asked again.
    asked = tuple(one for one in reasons if one.code in entry.waits_for or blocks((one,)))
    close(offer, OfferState.ACCEPTED, WaitingState.BOOKED, now)
    why = entry.override or "Offered from the waiting list."
    begin(booking, asked, by=by, now=now, why=why)
    offer.booking = booking
    offer.save()
    return booking


def check_still_here(entry: WaitingListEntry, now: datetime) -> None:
    """A place is for the job it was requested for, and for an account that is open."""
    here = WaitingListEntry.objects.still_here(timezone.localdate(now))
    if not here.filter(pk=entry.pk).exists():
        raise has_left(entry.agency)


def as_when_waiting(person: PersonFacts, entry: WaitingListEntry) -> PersonFacts:
    """Being on the waiting list is no reason against an offer, nor is a restriction that began after joining it."""
    restricted = person.restricted if RESTRICTED in entry.waits_for else None
    return replace(person, already_waiting=False, restricted=restricted)
