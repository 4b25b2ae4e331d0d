"""Versions of the charging policy as a simulation compares them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from bookings.models import ChargingPolicy, NoticeException, RegisterException
from bookings.models.scope import SCOPE_LINKS
from bookings.rules.attendance import AttendanceRule
from bookings.rules.fees import PriceRule
from bookings.rules.notice import NoticePolicy
from bookings.terms.agreement import LONGEST_NOTICE
from bookings.terms.policies import read_prices
from finance.rules.simulation import PolicyVersion
from partnerships.models import active_partnership, working_calendar
from tenancy import kept


def versions_by_id(priced: ChargingPolicy, first_days: Iterable[date]) -> dict[int, PolicyVersion]:
    """Every version by id, for events that begin on these days. Only one has its prices: no other is asked for them."""
    days = tuple(first_days) or (timezone.localdate(),)
    calendar = working_calendar(active_partnership(), min(days) - LONGEST_NOTICE, max(days))
    exceptions, at_events = every_exception(), every_register_exception()
    prices: dict[int, tuple[PriceRule, ...]] = {priced.pk: read_prices(priced.pk)}
    return {
        one.pk: PolicyVersion(
            notices=(one.as_rule(), *exceptions.get(one.pk, ())),
            prices=prices.get(one.pk, ()),
            registers=(one.attendance_rule(), *at_events.get(one.pk, ())),
            half_day_minutes=one.half_day_minutes,
            keep_late_charge=one.keep_late_charge,
            calendar=calendar,
            tz=timezone.get_current_timezone(),
        )
        for one in every_version()
    }


@kept
def every_exception() -> dict[int, tuple[NoticePolicy, ...]]:
    """The exceptions to the notice by the version that they belong to."""
    found: dict[int, tuple[NoticePolicy, ...]] = {}
    for row in NoticeException.objects.select_related(*SCOPE_LINKS).order_by("pk"):
        found[row.policy_id] = (*found.get(row.policy_id, ()), row.as_rule())
    return found


@kept
def every_register_exception() -> dict[int, tuple[AttendanceRule, ...]]:
    """The exceptions at the event by the version that they belong to."""
    found: dict[int, tuple[AttendanceRule, ...]] = {}
    for row in RegisterException.objects.select_related(*SCOPE_LINKS).order_by("pk"):
        found[row.policy_id] = (*found.get(row.policy_id, ()), row.as_rule())
    return found


@kept
def every_version() -> tuple[ChargingPolicy, ...]:
    """Drafts too, the newest first."""
    return tuple(ChargingPolicy.objects.order_by("-version"))
