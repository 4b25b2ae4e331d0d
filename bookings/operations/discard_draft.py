"""Throw away a draft of the charging policy."""

from __future__ import annotations

from django.db import transaction

from bookings.models import ChargingPolicy
from bookings.steps.hold_draft import hold_draft


@transaction.atomic
def discard_draft(*, policy: ChargingPolicy) -> None:
    """Delete it with its exceptions and prices. The history keeps them."""
    hold_draft(policy=policy).delete()
