"""The charging policy that someone who books now agrees to, as the rules read it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from bookings.models import ChargingPolicy, NoticeException, PriceRow
from bookings.models.scope import SCOPE_COLUMNS, scope_of
from bookings.rules.fees import PriceRule
from bookings.rules.money import Rounding
from bookings.rules.notice import NoticePolicy
from bookings.rules.policy_check import policy_reasons
from bookings.rules.prices import ChargeKind, FeeBase, FeeOutcome
from bookings.rules.states import CountsFrom
from partnerships.models import payer_classes
from partnerships.rules.reasons import Reason
from tenancy import kept

# The columns of a price that are called as the parts of a rule.
AS_THEY_ARE = ("amount", "clause", "notice_under", "less", "at_least", "at_most", "plus_extras")


class NoPolicy(Exception):
    """The partnership has no charging policy yet, so nothing can be agreed."""


def policy_in_force(now: datetime, first_day: date | None = None) -> ChargingPolicy:
    """The version for a place booked at an instant, or :class:`NoPolicy`."""
    found = policy_or_none(now, first_day)
    if found is None:
        raise NoPolicy
    return found


def policy_or_none(now: datetime, first_day: date | None = None) -> ChargingPolicy | None:
    """The newest released version that has begun: on the day of booking, or for some on the event's ``first_day``."""
    today: date = timezone.localdate(now)
    days = {CountsFrom.BOOKINGS: today, CountsFrom.EVENTS: first_day or today}
    return next((one for one in policies() if one.valid_from <= days[one.counts_from]), None)  # type: ignore[index]


@kept
def policies() -> tuple[ChargingPolicy, ...]:
    """Every released version, the newest first."""
    rows = ChargingPolicy.objects.released().order_by("-valid_from", "-version")
    return tuple(rows)


def policies_from(today: date) -> list[ChargingPolicy]:
    """The version that has begun last, and those that have not begun yet."""
    begun = [one for one in policies() if one.valid_from <= today]
    return [one for one in policies() if one.valid_from > today] + begun[:1]


def reasons_against(policy: ChargingPolicy) -> tuple[Reason, ...]:
    """What stands against releasing a version, and what to know before."""
    return policy_reasons(read_prices(policy.pk), payer_classes(), policy.attendance_rule())


def notice_rules(policy: ChargingPolicy) -> tuple[NoticePolicy, ...]:
    """The general notice rule of a version, and its exceptions."""
    return policy.as_rule(), *exceptions_of(policy.pk)


@kept
def exceptions_of(policy: int) -> tuple[NoticePolicy, ...]:
    """The notice rules that one version has for some places."""
    return read_exceptions(policy)


def read_exceptions(policy: int) -> tuple[NoticePolicy, ...]:
    """The same, always read from the database."""
    rows = NoticeException.objects.filter(policy=policy).order_by("pk")
    scopes = {row["pk"]: scope_of(row) for row in rows.values("pk", *SCOPE_COLUMNS.values())}
    return tuple(one.notice_rule(scopes[one.pk], one.name) for one in rows)


@kept
def prices_of(policy: int) -> tuple[PriceRule, ...]:
    """The prices of one version."""
    return read_prices(policy)


def read_prices(policy: int) -> tuple[PriceRule, ...]:
    """The same, always read from the database."""
    rows = PriceRow.objects.filter(policy=policy).order_by("kind", "pk")
    columns = ("kind", "outcome", "base", "rounding", *AS_THEY_ARE, *SCOPE_COLUMNS.values())
    return tuple(
        PriceRule(
            kind=ChargeKind(row["kind"]),
            outcome=FeeOutcome(row["outcome"]),
            base=FeeBase(row["base"]),
            rounding=Rounding(row["rounding"]),
            scope=scope_of(row),
            **{name: row[name] for name in AS_THEY_ARE},
        )
        for row in rows.values(*columns)
    )
