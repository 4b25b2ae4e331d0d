"""Start the first charging policy of a partnership."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from bookings.models import ChargingPolicy
from bookings.rules.policy_words import notice_in_words


@transaction.atomic
def start_policy(*, valid_from: date) -> ChargingPolicy:
    """A draft with the usual answers and no prices; the one there is if someone has started it already."""
    found: ChargingPolicy | None = ChargingPolicy.objects.first()
    if found is not None:
        return found
    usual = ChargingPolicy(version=1, valid_from=valid_from)
    usual.clause = notice_in_words(usual.as_rule())
    usual.save()
    return usual
