"""End an exemption for places that are booked from now on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import Exemption
from partnerships.models import Membership


@transaction.atomic
def end_exemption(*, exemption: Exemption, by: Membership, at: datetime) -> Exemption:
    """Whoever has a place that was quoted with it keeps it, and what it has waived stays waived. Safe to repeat."""
    locked: Exemption = Exemption.objects.select_for_update(of=("self",)).get(pk=exemption.pk)
    if locked.ended_at is None:
        locked.ended_by, locked.ended_at = by, at
        locked.save()
    return locked
