"""The cancellation policy that someone who books now agrees to."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from bookings.models import CancellationPolicy
from tenancy import kept


class NoPolicy(Exception):
    """The partnership has no cancellation policy yet, so nothing can be agreed."""


def policy_in_force(now: datetime) -> CancellationPolicy:
    """The version in force at an instant, or :class:`NoPolicy`."""
    found = policy_or_none(now)
    if found is None:
        raise NoPolicy
    return found


def policy_or_none(now: datetime) -> CancellationPolicy | None:
    """The same, for pages that can do without one."""
    today: date = timezone.localdate(now)
    return next((policy for policy in policies() if policy.valid_from <= today), None)


@kept
def policies() -> tuple[CancellationPolicy, ...]:
    """Every version, the newest first."""
    return tuple(CancellationPolicy.objects.order_by("-valid_from", "-version"))
