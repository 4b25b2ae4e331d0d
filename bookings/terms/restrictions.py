"""Who is restricted, and the places that count towards it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from bookings.ledger import ledger
from bookings.models import Booking, Restriction, RestrictionRule
from bookings.rules.restriction import (
    ANY_WASTED,
    Restricted,
    RestrictionEffect,
    RestrictionTerms,
    WastedPlace,
)
from bookings.rules.states import BookingState
from courses.rules.states import EventState
from partnerships.models import Membership
from tenancy import kept


@kept
def restriction_terms() -> RestrictionTerms | None:
    """The partnership's rule; None if it does not restrict anyone."""
    found: RestrictionRule | None = RestrictionRule.objects.filter(is_active=True).first()
    return found.as_terms() if found else None


def restriction_on(membership: Membership, day: date) -> Restriction | None:
    """What restricts someone on a day: the one that lasts longest. None if nothing does."""
    if restriction_terms() is None:
        return None
    rows = Restriction.objects.in_force(day).filter(membership=membership)
    found: Restriction | None = rows.order_by("-until", "-pk").first()
    return found


def with_restriction(people: QuerySet[Membership], day: date) -> QuerySet[Any]:
    """Adds ``restricted_until``, the day on which someone can book as usual again; None if they can now."""
    rows = Restriction.objects.in_force(day).filter(
        Exists(RestrictionRule.objects.filter(is_active=True)), membership=OuterRef("pk")
    )
    found: QuerySet[Any] = people.annotate(
        restricted_until=Subquery(rows.order_by("-until", "-pk").values("until")[:1])
    )
    return found


def restricted_on(membership: Membership, day: date) -> Restricted | None:
    """The same, as a booking sees it."""
    found = restriction_on(membership, day)
    return Restricted(RestrictionEffect(found.effect), found.until) if found else None


def wasted_places(people: Collection[int]) -> dict[int, list[WastedPlace]]:
    """Every place that each of these people wasted. None of a walk-in, or of an event that the partnership cancelled.

    A place whose charge was waived was not wasted: there was a good reason.
    """
    rows = (
        Booking.objects.filter(membership__in=people, state__in=sorted(ANY_WASTED), walk_in=False)
        .exclude(event__state=EventState.CANCELLED)
        .select_related("event__course")
    )
    bookings = list(rows.order_by("pk"))
    excused = ledger().excused(bookings=[one.pk for one in bookings]) if bookings else frozenset()
    found: dict[int, list[WastedPlace]] = defaultdict(list)
    for one in bookings:
        if one.pk not in excused:
            found[one.membership_id].append(as_wasted(one))
    return found


def as_wasted(booking: Booking) -> WastedPlace:
    """The place as the rule sees it."""
    return WastedPlace(
        reference=booking.reference,
        title=booking.event.course.title,
        day=timezone.localdate(booking.cancel_received_at or booking.event.ends_at),
        state=BookingState(booking.state),
    )
