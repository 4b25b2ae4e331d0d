"""Make a released version of the charging policy a draft again."""

from __future__ import annotations

from django.db import transaction

from bookings.models import ChargingPolicy
from partnerships.rules.refused import refuse


@transaction.atomic
def withdraw_policy(*, policy: ChargingPolicy) -> ChargingPolicy:
    """Possible until someone has booked on it or joined a waiting list: from then on it is what they agreed to."""
    locked: ChargingPolicy = ChargingPolicy.objects.select_for_update(of=("self",)).get(
        pk=policy.pk
    )
    if locked.agreed_since is not None:
        step = "Make a new version of it, and change that."
        raise refuse("agreed", "People have already agreed to this version.", step)
    locked.released_at = locked.released_by = None
    locked.save()
    return locked
