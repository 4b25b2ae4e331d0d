"""Withdraw an extra cost that was wrong or did not arise."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.emails.extras import tell_extra_cost
from bookings.models import ExtraCost
from bookings.steps.keep_extras import booking_with_open_extras, keep_extras
from partnerships.models import Membership


@transaction.atomic
def withdraw_extra_cost(*, cost: ExtraCost, by: Membership, at: datetime) -> ExtraCost:
    """Withdraw it, and tell the agency’s leads. A second call changes nothing."""
    booking = booking_with_open_extras(cost.booking)
    locked: ExtraCost = ExtraCost.objects.select_for_update(of=("self",)).get(pk=cost.pk)
    if locked.withdrawn_at is not None:
        return locked
    locked.withdrawn_by, locked.withdrawn_at = by, at
    locked.save()
    keep_extras(booking)
    tell_extra_cost(locked, booking, at)
    return locked
