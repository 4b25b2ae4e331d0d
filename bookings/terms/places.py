"""How many places events have left: the counts of :class:`bookings.rules.places.Places`, from the database."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Case, DateTimeField, F, IntegerField, QuerySet, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Greatest

from bookings.rules.places import Places
from bookings.rules.states import HOLDS_A_PLACE, OfferState, WaitingState
from bookings.rules.waiting_list import may_offer
from bookings.terms.practice import practice_here
from courses.models import Event
from courses.rules.catalogue import bookings_close
from courses.rules.when import Times
from partnerships.models import active_partnership

PlacedEvent = Any  # an Event with what these add, which types cannot say

# Written as SQL, because building them from querysets took longer than running them. In the order of Places.
BOOKED = "(SELECT count(*) FROM bookings_booking b WHERE b.event_id = courses_event.id AND b.state = ANY(%s))"
OFFERED = (
    "(SELECT count(*) FROM bookings_offer o WHERE o.event_id = courses_event.id AND o.state = %s)"
)
WAITING = "(SELECT count(*) FROM bookings_waitinglistentry w WHERE w.event_id = courses_event.id AND w.state = %s)"
TIMES = """(
    SELECT array_agg(ARRAY[s.starts_at, s.ends_at] ORDER BY s.starts_at)
      FROM courses_session s WHERE s.event_id = courses_event.id
)"""
COUNTED: tuple[Any, ...] = (
    sorted(HOLDS_A_PLACE),
    OfferState.OPEN.value,
    WaitingState.WAITING.value,
)
PLACES = f"""
SELECT capacity, {BOOKED} AS booked, {OFFERED} AS offered, {WAITING} AS waiting
  FROM courses_event WHERE partnership_id = %s AND id = %s
"""  # noqa: S608 - of constants


def places_of(event: Event) -> Places:
    """Counted now, in one query; reliable only while the event's row is locked."""
    with connection.cursor() as cursor:
        cursor.execute(PLACES, [*COUNTED, active_partnership().pk, event.pk])
        names = [column.name for column in cursor.description]
        return Places(**dict(zip(names, cursor.fetchone(), strict=True)))


def left_for_newcomers(places: Places, event: Event, now: datetime) -> int:
    """How many places someone who books now can have."""
    rule = practice_here().offer_rule()
    return places.left(offers_possible=may_offer(now, event.starts_at, rule))


def with_places(events: QuerySet[Event], now: datetime) -> QuerySet[PlacedEvent]:
    """Adds ``free``, ``waiting`` and ``places_left`` for newcomers to every event.

    The SQL of ``Places.free``, ``Places.left`` and ``may_offer``; one test compares them for the same events.
    """
    booked, offered, waiting = (
        RawSQL(sql, [value], output_field=IntegerField())  # noqa: S611 - constants
        for sql, value in zip((BOOKED, OFFERED, WAITING), COUNTED, strict=True)
    )
    found = events.annotate(free=Greatest(F("capacity") - booked - offered, 0), waiting=waiting)
    offers_end = now + timedelta(hours=practice_here().offer_cut_off_hours)
    ahead = Case(When(starts_at__gt=offers_end, then=F("waiting")), default=0)
    return found.annotate(places_left=Greatest(F("free") - ahead, 0))


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """One event as lists show it, read without loading whole rows of four tables."""

    pk: int
    reference: str
    course_reference: str
    course_id: int
    title: str
    minutes: int
    event_type: str
    list_price: Decimal | None
    group: str | None
    group_code: str | None
    state: str
    starts_at: datetime
    ends_at: datetime
    bookings_close_at: datetime | None
    book_by: datetime | None
    delivery: str
    venue: str | None
    capacity: int
    places_left: int
    times: list[Times]

    @property
    def closes_at(self) -> datetime:
        """The instant when bookings close."""
        return bookings_close(self.bookings_close_at, self.book_by, self.starts_at)


# Where the fields of a ListedEvent come from, if not from the column of the same name.
FROM = {
    "course_reference": "course__reference",
    "title": "course__title",
    "minutes": "course__minutes",
    "event_type": "course__event_type",
    "list_price": "course__list_price",
    "group": "course__group__name",
    "group_code": "course__group__code",
    "venue": "venue__name",
}


def listed_events(events: QuerySet[PlacedEvent]) -> list[ListedEvent]:
    """The rows of a list; one query."""
    names = [field.name for field in fields(ListedEvent)]
    times = RawSQL(TIMES, [], output_field=ArrayField(ArrayField(DateTimeField())))  # noqa: S611 - constant
    rows = events.annotate(times=times).values_list(*(FROM.get(name, name) for name in names))
    found = (dict(zip(names, row, strict=True)) for row in rows)
    return [ListedEvent(**one | {"times": times_or_whole(one)}) for one in found]


def times_or_whole(row: dict[str, Any]) -> list[Times]:
    """Start and end of each session, or of the event if it has none yet."""
    return [(starts_at, ends_at) for starts_at, ends_at in row["times"] or ()] or [
        (row["starts_at"], row["ends_at"])
    ]
