"""Keep with an event until when it can be booked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.terms.closing import as_kept, close_of_bookings, is_as_counted
from courses.models import Event
from courses.rules.states import EventState


@transaction.atomic
def count_close_of_bookings(*, event: Event, now: datetime) -> bool:
    """Count it by the policy and the calendar as they are now; returns whether it changed. Safe to repeat.

    Lists and bookings read what is kept here. An event that has begun, was cancelled or is over keeps what it has.
    """
    locked: Event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    is_ahead = locked.state in {EventState.DRAFT, EventState.PUBLISHED} and locked.starts_at > now
    if not is_ahead or is_as_counted(locked, now):
        return False
    for name, value in as_kept(close_of_bookings(locked, now)).items():
        setattr(locked, name, value)
        setattr(event, name, value)
    locked.save(update_fields=["book_by", "book_by_why"])
    return True
