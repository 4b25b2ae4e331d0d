"""Who is waiting for a place, as the ranking rule reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bookings.models import Booking, Offer, WaitingListEntry
from bookings.rules.waiting_list import Waiting
from courses.models import Event


def waiting_entries(event: Event) -> list[WaitingListEntry]:
    """Everyone who waits and has no offer."""
    rows = WaitingListEntry.objects.filter(event=event).waiting()
    return list(rows.select_related("membership__user", "agency", "event__course", "event__venue"))


def as_waiting(entry: WaitingListEntry) -> Waiting:
    """The entry as the rule reads it."""
    return Waiting(entry.pk, entry.priority, str(entry.agency_id), entry.joined_at)


def places_by_agency(event: Event) -> Mapping[str, int]:
    """Places that each agency has or is offered."""
    held = Booking.objects.filter(event=event).holding_a_place().values_list("agency", flat=True)
    offered = Offer.objects.filter(event=event).open().values_list("entry__agency", flat=True)
    return Counter(str(agency) for agency in [*held, *offered])
