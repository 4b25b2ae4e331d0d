"""What agencies contribute in a financial year: money, and trainers' days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Min, OuterRef, QuerySet

from bookings.rules.money import NOTHING
from courses.models import EventTrainer
from courses.rules.states import EventState
from finance.models import Contribution
from finance.reports.costs import midnight, years_with_events
from finance.rules.costs import trainer_days
from finance.rules.years import FinancialYear, years_between
from finance.terms.debt import total_of
from partnerships.models import Agency
from partnerships.models.agency import facts_on

INDEPENDENT = "Trainers without an agency"


@dataclass(frozen=True)
class Given:
    """What one agency gave. ``says_money`` and ``says_in_kind`` are what its facts say on the last day of the year."""

    name: str
    money: Decimal = NOTHING
    days: Decimal = NOTHING
    says_money: bool = False
    says_in_kind: bool = False


GIVEN_COLUMNS: dict[str, Callable[[Given], Any]] = {
    "agency": lambda row: row.name,
    "contributes_money": lambda row: "yes" if row.says_money else "no",
    "contributes_in_kind": lambda row: "yes" if row.says_in_kind else "no",
    "money": lambda row: row.money,
    "trainer_days": lambda row: row.days,
}


def contributions_of(year: FinancialYear) -> QuerySet[Contribution]:
    """What was entered for a year, by agency."""
    rows = Contribution.objects.filter(year=year.begins)
    return rows.select_related("agency", "entered_by__user").order_by("agency__name", "pk")  # type: ignore[no-any-return]


def given_in(year: FinancialYear, now: datetime) -> list[Given]:
    """Every agency that gave money or trainers' days, or whose facts say that it does, by name. Three queries."""
    days = days_given(year, now)
    agencies = Agency.objects.annotate(
        money=total_of(Contribution.objects.filter(year=year.begins), "agency", F("amount")),
        says_money=facts_on(year.last, OuterRef("pk"), "gives_money"),
        says_in_kind=facts_on(year.last, OuterRef("pk"), "gives_in_kind"),
    )
    rows = [
        Given(
            agency.name,
            agency.money,
            days.get(agency.pk, NOTHING),
            bool(agency.says_money),
            bool(agency.says_in_kind),
        )
        for agency in agencies.order_by("name")
    ]
    if days.get(None):
        rows.append(Given(INDEPENDENT, days=days[None]))
    return [row for row in rows if row.money or row.days or row.says_money or row.says_in_kind]


def days_given(year: FinancialYear, now: datetime) -> dict[int | None, Decimal]:
    """Trainers' days by agency: of events that began in the year, are over and were not cancelled. Two queries."""
    held = EventTrainer.objects.filter(
        event__state__in=[EventState.PUBLISHED, EventState.COMPLETED],
        event__starts_at__gte=midnight(year.first),
        event__starts_at__lt=midnight(FinancialYear(year.begins + 1).first),
        event__ends_at__lt=now,
    )
    found: dict[int | None, Decimal] = defaultdict(Decimal)
    for row in held.select_related("trainer", "event").prefetch_related("event__sessions"):
        minutes = [int((end - start).total_seconds()) // 60 for start, end in row.event.times]
        found[row.trainer.agency_id] += trainer_days(minutes)
    return found


def years_with_contributions(today: date) -> list[FinancialYear]:
    """Financial years since the first event or contribution, the newest first. Two queries."""
    first = Contribution.objects.aggregate(year=Min("year"))["year"]
    begun = FinancialYear(first).first if first else None
    return years_between([begun, years_with_events(today)[-1].first], today)
