"""Freeze the terms of a booking before the first booking on them is written."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import CancellationPolicy
from bookings.terms.agreement import Terms
from bookings.terms.price_lists import read_rules
from courses.models import PriceList
from partnerships.rules.refused import refuse


@transaction.atomic(savepoint=False)  # part of the operation around it
def fix_terms(*, terms: Terms, now: datetime) -> None:
    """Freeze policy and price list for good: the database refuses any change from then on.

    Anyone who is changing a line of the list at this moment holds its row, so the lines are read again after that:
    no one is booked at a price that was never committed with the list.
    """
    fix_policy(policy=terms.policy, now=now)
    if terms.price_list is None or terms.price_list.is_fixed:
        return
    lists = PriceList.objects.filter(pk=terms.price_list.pk, quoted_since=None)
    lists.update(quoted_since=now)
    if read_rules(terms.price_list.pk) != terms.prices:
        raise refuse("prices_changed", "The prices have just been changed.", "Check them again.")


@transaction.atomic(savepoint=False)  # part of the operation around it
def fix_policy(*, policy: CancellationPolicy, now: datetime) -> None:
    """Freeze the policy that someone has agreed to, even if only by joining a waiting list, which names no price yet.

    As with prices, anyone who is changing the policy at this moment holds its row, so it is read again after that.
    """
    if policy.agreed_since is not None:
        return
    rows = CancellationPolicy.objects.filter(pk=policy.pk)
    rows.filter(agreed_since=None).update(agreed_since=now)
    names = [
        field.attname for field in policy._meta.concrete_fields if field.name != "agreed_since"
    ]
    if rows.values(*names).get() != {name: getattr(policy, name) for name in names}:
        step = "Check it again."
        raise refuse("policy_changed", "The cancellation policy has just been changed.", step)
