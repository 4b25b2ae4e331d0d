"""How many places events have left. An open offer holds one, as a booking does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from bookings.models import Booking, Offer, WaitingListEntry
from courses.models import Event

PlacedEvent = Any  # an Event with what these add, which types cannot say


def with_places(events: QuerySet[Event]) -> QuerySet[PlacedEvent]:
    """Adds ``places_left`` to every event of the query, never below 0; see :mod:`bookings.rules.places`."""
    return events.annotate(
        places_left=Greatest(
            F("capacity")
            - counted(Booking.objects.holding_a_place())
            - counted(Offer.objects.open()),
            0,
        )
    )


def with_waiting(events: QuerySet[Event]) -> QuerySet[PlacedEvent]:
    """Adds ``waiting``: how many people are on the waiting list and hold no offer."""
    return events.annotate(waiting=counted(WaitingListEntry.objects.waiting()))


def counted(rows: QuerySet[Booking] | QuerySet[Offer] | QuerySet[WaitingListEntry]) -> Coalesce:
    """How many of these rows belong to the event of the outer query."""
    number = (
        rows.filter(event=OuterRef("pk")).order_by().values("event").annotate(number=Count("pk"))
    )
    return Coalesce(Subquery(number.values("number"), output_field=IntegerField()), 0)


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """One event as lists show it, read without whole rows of four tables."""

    reference: str
    course_reference: str
    course_id: int
    title: str
    group: str | None
    state: str
    starts_at: datetime
    ends_at: datetime
    bookings_close_at: datetime | None
    delivery: str
    venue: str | None
    capacity: int
    places_left: int

    @property
    def closes_at(self) -> datetime:
        """The instant after which nobody can book."""
        return self.bookings_close_at or self.starts_at


# In the order of ListedEvent's fields.
LISTED = (
    *("reference", "course__reference", "course_id", "course__title", "course__group__name"),
    *("state", "starts_at", "ends_at", "bookings_close_at", "delivery"),
    *("venue__name", "capacity", "places_left"),
)


def listed(events: QuerySet[PlacedEvent]) -> list[ListedEvent]:
    """The rows of a list; one query."""
    return [ListedEvent(*row) for row in events.values_list(*LISTED)]
