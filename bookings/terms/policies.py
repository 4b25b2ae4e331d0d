"""The charging policy that someone who books now agrees to, as the rules read it."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from bookings.ledger import ledger
from bookings.models import ChargingPolicy, NoticeException, PriceRow, RegisterException
from bookings.models.scope import SCOPE_LINKS
from bookings.rules.attendance import AttendanceRule
from bookings.rules.fees import PriceRule
from bookings.rules.notice import NoticePolicy
from bookings.rules.policy_check import policy_reasons
from bookings.rules.policy_text import clause_reasons, text_reasons
from bookings.rules.prices import FeeOutcome
from bookings.rules.states import CountsFrom
from partnerships.models import payer_classes
from partnerships.rules.reasons import Reason
from tenancy import kept


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
    notices = (policy.as_rule(), *read_exceptions(policy.pk))
    registers = (policy.attendance_rule(), *read_register_exceptions(policy.pk))
    return reasons_against_parts(policy, notices, registers, read_prices(policy.pk))


def reasons_against_parts(
    policy: ChargingPolicy,
    notices: tuple[NoticePolicy, ...],
    registers: tuple[AttendanceRule, ...],
    prices: tuple[PriceRule, ...],
) -> tuple[Reason, ...]:
    """The same for parts that have been read already."""
    charged = {one.kind for one in prices if one.outcome is FeeOutcome.AMOUNT}
    return (
        *policy_reasons(prices, payer_classes(), registers),
        *text_reasons(policy.clause, notices, prices, [policy.substitution_hours]),
        *clause_reasons(prices),
        *ledger().missing_for(kinds=charged),
    )


def notice_rules(policy: ChargingPolicy) -> tuple[NoticePolicy, ...]:
    """The general notice rule of a version, and its exceptions."""
    return policy.as_rule(), *exceptions_of(policy.pk)


@kept
def exceptions_of(policy: int) -> tuple[NoticePolicy, ...]:
    """The notice rules that one version has for some places."""
    return read_exceptions(policy)


def read_exceptions(policy: int) -> tuple[NoticePolicy, ...]:
    """The same, always read from the database."""
    return tuple(one.as_rule() for one in exception_rows(policy))


def attendance_rules(policy: ChargingPolicy) -> tuple[AttendanceRule, ...]:
    """What happens at the event by a version: the general rule, and its exceptions."""
    return policy.attendance_rule(), *register_exceptions_of(policy.pk)


@kept
def register_exceptions_of(policy: int) -> tuple[AttendanceRule, ...]:
    """What one version says for some places about what happens at the event."""
    return read_register_exceptions(policy)


def read_register_exceptions(policy: int) -> tuple[AttendanceRule, ...]:
    """The same, always read from the database."""
    return tuple(one.as_rule() for one in register_exception_rows(policy))


@kept
def prices_of(policy: int) -> tuple[PriceRule, ...]:
    """The prices of one version."""
    return read_prices(policy)


def read_prices(policy: int) -> tuple[PriceRule, ...]:
    """The same, always read from the database."""
    return tuple(one.as_rule() for one in price_rows(policy))


def register_exception_rows(policy: int) -> QuerySet[RegisterException]:
    """The exceptions at the event of a version with what they name."""
    rows: QuerySet[RegisterException] = RegisterException.objects.filter(policy=policy)
    return rows.select_related(*SCOPE_LINKS).order_by("pk")


def exception_rows(policy: int) -> QuerySet[NoticeException]:
    """The exceptions to the notice of a version with what they name."""
    rows: QuerySet[NoticeException] = NoticeException.objects.filter(policy=policy)
    return rows.select_related(*SCOPE_LINKS).order_by("pk")


def price_rows(policy: int) -> QuerySet[PriceRow]:
    """The prices of a version with what they name."""
    rows: QuerySet[PriceRow] = PriceRow.objects.filter(policy=policy)
    return rows.select_related(*SCOPE_LINKS).order_by("kind", "pk")
