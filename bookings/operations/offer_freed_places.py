"""Free places are offered to the waiting list automatically."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from bookings.emails.places import make_offer_known
from bookings.models import Offer, WaitingListEntry
from bookings.rules.states import WaitingState
from bookings.rules.waiting_list import offer_deadline, who_is_next
from bookings.terms.places import places_of, with_places
from bookings.terms.policies import policy_or_none
from bookings.terms.practice import practice_here
from bookings.terms.waiting import as_waiting, places_by_agency, waiting_entries
from courses.models import Event
from courses.rules.states import EventState
from outbox.sweeps import in_hand, not_set_aside, take


@transaction.atomic
def offer_freed_places(*, now: datetime) -> int:
    """Sweep: for one event with people on the waiting list, offer its free places in the order of the list.

    The event's row is locked, so that the same place is never given away twice, by two sweeps or by a sweep and a
    booking. An event that is locked just now is left to the next knock.
    """
    if policy_or_none(now) is None:
        return 0
    for event_id in events_with_a_waiting_list(now):
        event = take(Event.objects.select_related("course", "venue").filter(pk=event_id))
        if event is None:
            continue
        made = offer_places_of(event, now)
        if made:
            return made
    return 0


def events_with_a_waiting_list(now: datetime) -> list[int]:
    """Events with a free place, someone waiting and time for an offer: ``may_offer`` as SQL; a test compares both."""
    cut_off = now + timedelta(hours=practice_here().offer_cut_off_hours)
    waiting = WaitingListEntry.objects.filter(event=OuterRef("pk")).waiting()
    waiting = not_set_aside(waiting.still_here(timezone.localdate(now)))
    rows = (
        with_places(Event.objects.filter(state=EventState.PUBLISHED, starts_at__gt=cut_off), now)
        .filter(Exists(waiting), free__gt=0)
        .order_by("starts_at", "pk")
    )
    return list(rows.values_list("pk", flat=True))


def offer_places_of(event: Event, now: datetime) -> int:
    """Make an offer for each free place, and return how many. An entry that fails does not hold up those behind it."""
    deadline = offer_deadline(now, event.starts_at, practice_here().offer_rule())
    if deadline is None:
        return 0
    made, free = 0, places_of(event).free
    while made < free:
        entry = next_waiting(event, now)
        if entry is None:
            break
        with in_hand(entry):
            entry.state = WaitingState.OFFERED
            entry.save()
            offer = Offer.objects.create(entry=entry, event=event, made_at=now, expires_at=deadline)
            make_offer_known(offer, now)
            made += 1
    return made


def next_waiting(event: Event, now: datetime) -> WaitingListEntry | None:
    """The entry to serve now. An agency's share changes with every place it gets, including offers.

    People who have left are passed over.
    """
    here = WaitingListEntry.objects.filter(event=event).still_here(timezone.localdate(now))
    here = not_set_aside(here)
    keys = set(here.values_list("pk", flat=True))
    waiting = [one for one in waiting_entries(event) if one.pk in keys]
    first = who_is_next([as_waiting(one) for one in waiting], places_by_agency(event))
    return next((one for one in waiting if first is not None and one.pk == first.entry), None)
