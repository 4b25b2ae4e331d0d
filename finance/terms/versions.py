"""Versions of the charging policy as a simulation compares them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from bookings.models import ChargingPolicy, NoticeException
from bookings.rules.fees import PriceRule
from bookings.terms.agreement import LONGEST_NOTICE
from bookings.terms.policies import exceptions_in, read_prices
from finance.rules.simulation import PolicyVersion
from partnerships.models import active_partnership, working_calendar
from tenancy import kept


def versions_by_id(priced: ChargingPolicy, first_days: Iterable[date]) -> dict[int, PolicyVersion]:
    """Every version by id, for events that begin on these days. Only one has its prices: no other is asked for them."""
    days = tuple(first_days) or (timezone.localdate(),)
    calendar = working_calendar(active_partnership(), min(days) - LONGEST_NOTICE, max(days))
    exceptions = exceptions_in(NoticeException.objects.all())
    prices: dict[int, tuple[PriceRule, ...]] = {priced.pk: read_prices(priced.pk)}
    return {
        one.pk: PolicyVersion(
            notices=(one.as_rule(), *exceptions.get(one.pk, ())),
            prices=prices.get(one.pk, ()),
            attendance=one.attendance_rule(),
            half_day_minutes=one.half_day_minutes,
            keep_late_charge=one.keep_late_charge,
            calendar=calendar,
            tz=timezone.get_current_timezone(),
        )
        for one in every_version()
    }


@kept
def every_version() -> tuple[ChargingPolicy, ...]:
    """Drafts too, the newest first."""
    return tuple(ChargingPolicy.objects.order_by("-version"))
