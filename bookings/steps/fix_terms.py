"""Freeze the terms of a booking before the first booking on them is written."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import ChargingPolicy
from bookings.terms.agreement import Terms
from bookings.terms.policies import read_exceptions, read_prices, read_register_exceptions
from partnerships.rules.refused import Refused, refuse


@transaction.atomic(savepoint=False)  # part of the operation around it
def fix_terms(*, terms: Terms, now: datetime) -> None:
    """Freeze the policy with its prices for good: the database refuses any change from then on.

    Anyone who is changing a price at this moment holds the policy's row, so the prices are read again after that:
    no one is booked at a price that was never committed with the policy.
    """
    was_fixed = terms.policy.agreed_since is not None
    fix_policy(policy=terms.policy, now=now)
    if was_fixed:
        return
    if read_prices(terms.policy.pk) != terms.prices:
        raise refuse("prices_changed", "The prices have just been changed.", "Check them again.")
    if read_exceptions(terms.policy.pk) != terms.notices[1:]:
        raise policy_changed()
    if read_register_exceptions(terms.policy.pk) != terms.registers[1:]:
        raise policy_changed()


@transaction.atomic(savepoint=False)  # part of the operation around it
def fix_policy(*, policy: ChargingPolicy, now: datetime) -> None:
    """Freeze the policy that someone has agreed to, even if only by joining a waiting list.

    Anyone who is changing the policy at this moment holds its row, so it is read again after that.
    """
    if policy.agreed_since is not None:
        return
    rows = ChargingPolicy.objects.filter(pk=policy.pk)
    rows.filter(agreed_since=None).update(agreed_since=now)
    names = [
        field.attname for field in policy._meta.concrete_fields if field.name != "agreed_since"
    ]
    if rows.values(*names).get() != {name: getattr(policy, name) for name in names}:
        raise policy_changed()


def policy_changed() -> Refused:
    step = "Check it again."
    return refuse("policy_changed", "The charging policy has just been changed.", step)
