"""Accept corrections to a form that was sent before."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from django.db import transaction

from bookings.emails.places import ask_approver
from bookings.models import Booking, WaitingListEntry
from bookings.models.request import Details

# What can be corrected without changing a decision, and for how long: as long as the place waits for it.
CAN_BE_CORRECTED = {
    "access_needs": None,
    "evidence": "prerequisite_missing",
    "approver_name": "manager_approval",
    "approver_email": "manager_approval",
}


@transaction.atomic
def amend_request(
    *, made: Booking | WaitingListEntry, details: Details, asked: Container[str], now: datetime
) -> tuple[list[str], list[str]]:
    """Keep those corrections that do not change a decision; ``asked`` is what the form asked.

    Returns the columns that changed, and those that differ but have been decided. A newly named manager is asked,
    and the earlier manager's link stops working.
    """
    locked = type(made).objects.select_for_update(of=("self",)).get(pk=made.pk)
    different = [
        column
        for column in CAN_BE_CORRECTED
        if column in asked and getattr(details, column) != getattr(locked, column)
    ]
    changed = [
        column for column in different if CAN_BE_CORRECTED[column] in {None, *locked.waits_for}
    ]
    for column in changed:
        setattr(locked, column, getattr(details, column))
    if changed:
        locked.save()
    if "approver_email" in changed and isinstance(locked, Booking):
        ask_approver(locked, now)
    return changed, [column for column in different if column not in changed]
