"""The training team lifts a restriction, or lets it stand after an appeal."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.emails.restrictions import tell_restriction_ended, tell_restriction_stands
from bookings.models import Restriction
from bookings.rules.restriction import RestrictionState
from outbox.tasks import wake
from partnerships.models import Membership
from partnerships.rules.refused import refuse


@transaction.atomic
def decide_restriction(
    *, restriction: Restriction, lift: bool, decision: str, by: Membership, now: datetime
) -> Restriction:
    """Decide once, with the reason, which the person is sent. It can be lifted without an appeal, and after one
    that was refused."""
    rows = Restriction.objects.select_for_update(of=("self",)).select_related("membership__user")
    locked: Restriction = rows.get(pk=restriction.pk)
    if locked.membership_id == by.pk:
        raise refuse("own_restriction", "Someone else has to decide on your own restriction.")
    if not locked.is_in_force(timezone.localdate(now)):
        raise refuse("not_in_force", "This restriction has already ended.")
    if not decision.strip():
        raise refuse("decision_missing", "Enter the reason for the decision.")
    if not lift and not locked.is_appealed:
        raise refuse("no_appeal", "There is no appeal to decide.")
    state = RestrictionState.LIFTED if lift else RestrictionState.IN_FORCE
    locked.decide(state, decision, by, now)
    locked.save()
    tell = tell_restriction_ended if lift else tell_restriction_stands
    tell(locked, now)
    wake()
    return locked
