"""Sweep: events follow a new charging policy, its start date, a closure day or a new date."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.operations.count_close_of_bookings import count_close_of_bookings
from bookings.terms.closing import counted_otherwise
from courses.models import Event
from outbox.sweeps import take
from tenancy import rulebook

AT_ONCE = 50  # few enough that no one who books waits long for their event's row


@transaction.atomic
def recount_closes_of_bookings(*, now: datetime) -> int:
    """Count anew where what is kept differs from what the policy counts. Others are not touched."""
    done = 0
    with rulebook():  # the policy and closure days are read once for all events
        for pk in counted_otherwise(now)[:AT_ONCE]:
            event = take(Event.objects.filter(pk=pk))
            if event is not None:
                done += count_close_of_bookings(event=event, now=now)
    return done
