"""Someone appeals against their restriction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import Restriction
from partnerships.models import Membership
from partnerships.rules.refused import refuse


@transaction.atomic
def appeal_restriction(
    *, restriction: Restriction, text: str, by: Membership, now: datetime
) -> Restriction:
    """Keep what the person says, for the training team to decide. One appeal is possible. Safe to send twice."""
    locked: Restriction = Restriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)
    if locked.membership_id != by.pk:
        raise refuse("not_yours", "Only the person themselves can appeal.")
    if locked.appealed_at is not None:
        if locked.appeal == text:
            return locked
        raise refuse("already_appealed", "You have already appealed, so nothing was changed.")
    if not locked.is_in_force(timezone.localdate(now)):
        raise refuse("not_in_force", "This restriction has ended, so you can book as usual.")
    if locked.decided_at is not None:
        raise refuse("already_decided", "Someone has already decided on this restriction.")
    locked.appeal, locked.appealed_at = text, now
    locked.save()
    return locked
