"""Put a draft of the charging policy in force from its start date."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import ChargingPolicy
from bookings.terms.policies import read_prices, reasons_against
from outbox.tasks import wake
from partnerships.models import Membership
from partnerships.rules.reasons import Kind
from partnerships.rules.refused import Refused, refuse


@transaction.atomic
def release_policy(*, policy: ChargingPolicy, by: Membership, now: datetime) -> ChargingPolicy:
    """Places booked from its start date are booked on it. It never starts in the past, which is over."""
    locked: ChargingPolicy = ChargingPolicy.objects.select_for_update(of=("self",)).get(
        pk=policy.pk
    )
    if locked.released_at is not None:
        return locked
    if locked.valid_from < timezone.localdate(now):
        step = "Enter today’s date or a later one."
        raise refuse("starts_in_the_past", "The start date is in the past.", step)
    prices = read_prices(locked.pk)
    if not prices:
        step = "Add at least what taking part costs."
        raise refuse("no_prices", "The policy names no prices yet.", step)
    against = [one for one in reasons_against(locked) if one.kind is Kind.BLOCKS]
    if against:
        raise Refused(*against)
    locked.released_at, locked.released_by = now, by
    locked.save()
    wake()  # events to come may close for bookings at another time
    return locked
