"""How many places events have left. An open offer holds one, as a booking does."""

from __future__ import annotations

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from bookings.models import Booking, Offer, WaitingListEntry
from courses.models import Event


def with_places(events: QuerySet[Event]) -> QuerySet[Event]:
    """Adds ``places_left`` to every event of the query, never below 0; see :mod:`bookings.rules.places`."""
    return events.annotate(
        places_left=Greatest(
            F("capacity")
            - counted(Booking.objects.holding_a_place())
            - counted(Offer.objects.open()),
            0,
        )
    )


def with_waiting(events: QuerySet[Event]) -> QuerySet[Event]:
    """Adds ``waiting``: how many people are on the waiting list and hold no offer."""
    return events.annotate(waiting=counted(WaitingListEntry.objects.waiting()))


def counted(rows: QuerySet[Booking] | QuerySet[Offer] | QuerySet[WaitingListEntry]) -> Coalesce:
    """How many of these rows belong to the event of the outer query."""
    number = (
        rows.filter(event=OuterRef("pk")).order_by().values("event").annotate(number=Count("pk"))
    )
    return Coalesce(Subquery(number.values("number"), output_field=IntegerField()), 0)
