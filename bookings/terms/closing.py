"""Until when events can be booked, by the charging policy that holds for whoever books now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from bookings.rules.closing import CloseOfBookings, counted_close
from bookings.terms.agreement import calendar_around
from bookings.terms.policies import policies, policy_or_none
from courses.models import Event
from courses.rules.states import EventState
from outbox.sweeps import not_set_aside


def close_of_bookings(event: Event, now: datetime) -> CloseOfBookings | None:
    """What the policy counts for an event; None if it can be booked until it starts."""
    first_day = timezone.localdate(event.starts_at)
    policy = policy_or_none(now, first_day)
    rule = policy.closing_rule() if policy else None
    if rule is None:
        return None
    zone = timezone.get_current_timezone()
    return counted_close(event.starts_at, rule, calendar_around(first_day), zone)


def as_kept(close: CloseOfBookings | None) -> dict[str, Any]:
    """The columns of an event that keep it."""
    if close is None:
        return {"book_by": None, "book_by_why": None}
    # In UTC, because Python never finds an instant of a repeated hour equal to the same instant in another zone.
    return {"book_by": close.instant.astimezone(UTC), "book_by_why": close.why.to_json()}


def is_as_counted(event: Event, now: datetime) -> bool:
    """Whether an event keeps what the policy counts now."""
    counted = as_kept(close_of_bookings(event, now))
    return all(getattr(event, name) == value for name, value in counted.items())


def counted_otherwise(now: datetime) -> list[int]:
    """Ids of the events to come that keep another close of bookings than the policy counts now."""
    ahead = Event.objects.filter(
        state__in=[EventState.DRAFT, EventState.PUBLISHED], starts_at__gt=now
    )
    ahead = not_set_aside(ahead).order_by("starts_at", "pk")
    if not any(policy.closing_notice for policy in policies()):
        return list(ahead.filter(book_by__isnull=False).values_list("pk", flat=True))
    return [event.pk for event in ahead if not is_as_counted(event, now)]
