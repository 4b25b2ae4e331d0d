"""Take what somebody has corrected on a form that had been sent before."""

from __future__ import annotations

from collections.abc import Container

from django.db import transaction

from bookings.models import Booking, WaitingListEntry
from bookings.models.request import Details

# What can be said again without deciding anything anew; evidence only while it has still to be checked.
CAN_BE_CORRECTED = ("access_needs", "evidence")


@transaction.atomic
def amend_request(
    *, made: Booking | WaitingListEntry, details: Details, asked: Container[str]
) -> list[str]:
    """Keep the corrections that change no decision, of what was ``asked``; names the columns that changed."""
    locked = type(made).objects.select_for_update(of=("self",)).get(pk=made.pk)
    open_columns = CAN_BE_CORRECTED if locked.waits_for else CAN_BE_CORRECTED[:1]
    changed = [
        column
        for column in open_columns
        if column in asked and getattr(details, column) != getattr(locked, column)
    ]
    for column in changed:
        setattr(locked, column, getattr(details, column))
    if changed:
        locked.save()
    return changed
