"""Income against cost, by event and financial year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, F, IntegerField, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from bookings.models import Booking
from bookings.rules.states import WAS_PRESENT
from courses.models import Event
from courses.rules.states import EventState
from finance.models import CreditNote, EventCost, InvoiceLine
from finance.rules.costs import CostResult
from finance.rules.years import FinancialYear, years_between
from finance.terms.debt import total_of

CountedEvent = Any  # an Event with the sums of with_money, which types cannot say


@dataclass(frozen=True)
class EventResult:
    """A row of the list and of its file."""

    event: Event
    result: CostResult


RESULT_COLUMNS: dict[str, Callable[[EventResult], Any]] = {
    "event": lambda row: row.event.reference,
    "course": lambda row: row.event.course.title,
    "date": lambda row: timezone.localdate(row.event.starts_at),
    "status": lambda row: EventState(row.event.state).label,
    "places": lambda row: row.result.places,
    "attended": lambda row: row.result.attended,
    "income": lambda row: row.result.income,
    "cost": lambda row: row.result.cost,
    "difference": lambda row: row.result.difference,
    "cost_per_attended_place": lambda row: row.result.cost_each,
}


def with_money(events: QuerySet[Event]) -> QuerySet[CountedEvent]:
    """Events with the people who came, what was invoiced less credit notes, and what they cost, all without VAT."""
    came = Booking.objects.filter(event=OuterRef("pk"), state__in=sorted(WAS_PRESENT)).order_by()
    counted = came.values("event").annotate(number=Count("pk")).values("number")
    return (
        events.select_related("course")
        .annotate(
            attended=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
            invoiced=total_of(InvoiceLine.objects.all(), "charge__booking__event", F("net")),
            credited=total_of(CreditNote.objects.all(), "line__charge__booking__event", F("net")),
            cost=total_of(EventCost.objects.all(), "event", F("amount")),
        )
        .annotate(income=F("invoiced") - F("credited"))
    )


def result_of(event: CountedEvent) -> CostResult:
    """Income and cost of an event of :func:`with_money`."""
    return CostResult(event.capacity, event.attended, event.income, event.cost)


def event_results(year: FinancialYear) -> list[EventResult]:
    """Every event that began in the year, but no drafts, in the order of their days. One query."""
    found = Event.objects.exclude(state=EventState.DRAFT)
    found = found.filter(
        starts_at__gte=midnight(year.first),
        starts_at__lt=midnight(FinancialYear(year.begins + 1).first),
    )
    return [EventResult(event, result_of(event)) for event in with_money(found)]


def midnight(day: date) -> datetime:
    """The first instant of a local day."""
    return timezone.make_aware(datetime.combine(day, time()))


def years_with_events(today: date) -> list[FinancialYear]:
    """Financial years since the first event, the newest first. One query."""
    first = Event.objects.aggregate(at=Min("starts_at"))["at"]
    return years_between([timezone.localdate(first) if first else None], today)
