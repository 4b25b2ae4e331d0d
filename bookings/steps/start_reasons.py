"""The reasons to waive a charge that a new partnership starts with. It can change all of them."""

from __future__ import annotations

from django.db import transaction

from bookings.models import WaiverReason
from bookings.rules.usual_reasons import USUAL_REASONS


@transaction.atomic(savepoint=False)  # part of the operation around it
def start_reasons() -> None:
    """The usual ones, in their usual order."""
    WaiverReason.objects.bulk_create(
        WaiverReason(position=position, **columns)
        for position, columns in enumerate(USUAL_REASONS, 1)
    )
