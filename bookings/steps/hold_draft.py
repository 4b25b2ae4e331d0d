"""Hold a draft of the charging policy, so that no one releases it while it changes."""

from __future__ import annotations

from django.db import transaction

from bookings.models import ChargingPolicy
from partnerships.rules.refused import Refused, refuse


@transaction.atomic(savepoint=False)  # part of the operation around it
def hold_draft(*, policy: ChargingPolicy) -> ChargingPolicy:
    """The draft as it is now, locked; refused once it is released."""
    held: ChargingPolicy = ChargingPolicy.objects.select_for_update(of=("self",)).get(pk=policy.pk)
    if held.released_at is not None:
        raise released()
    return held


def released() -> Refused:
    """Why a version cannot be changed any more."""
    step = "Make a new version of it, and change that."
    return refuse("released", "This version has been released and cannot be changed.", step)
