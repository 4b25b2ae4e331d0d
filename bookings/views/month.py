"""Events of one month as a calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bookings.terms.places import ListedEvent, PlacedEvent, listed_events, with_places
from bookings.views.catalogue import event_row
from courses.models import Event
from courses.reports.catalogue import bounds_of_month, events_wanted
from courses.reports.finding import forgiving
from courses.rules.calendar_month import neighbours, read_month, weeks
from courses.rules.states import EventState
from courses.views.panel import event_panel
from govuk.rules.phrases import MONTHS, clock
from partnerships.access import TenantRequest, public
from tenancy import rulebook

MOST_IN_A_MONTH = 500
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@rulebook()
@public
def month(request: TenantRequest) -> HttpResponse:
    """A month of the events, with the filters of the list. An event is there on each of its days."""
    now = timezone.now()
    today = timezone.localdate(now)
    shown = read_month(request.GET.get("month", "")) or today.replace(day=1)
    panel = event_panel(request, "month")
    asked = {name: value for name, value in panel.wanted.items() if name != "month"}
    meant = forgiving(asked, lambda wanted: of_month(wanted, shown, now))
    found = listed_events(of_month(meant.wanted, shown, now)[:MOST_IN_A_MONTH])
    before, after = neighbours(shown)
    context = {
        "title": f"Events in {named(shown)}",
        "names": NAMES,
        "weeks": weeks(shown, by_day(found, now)),
        "before": link_to(request, before),
        "after": link_to(request, after),
        "list_query": query_for(request, shown),
        "panel": panel.html,
        "form": panel.form,
        "asked": asked.get("q", ""),
        "instead": meant.instead,
        "today": today,
        "number": len(found),
    }
    return render(request, "courses/month.html", context)


def of_month(wanted: Mapping[str, Any], shown: date, now: datetime) -> QuerySet[PlacedEvent]:
    """The events asked for that take place in a month, in whole or in part; past and cancelled ones too."""
    begins, ends = bounds_of_month(shown)
    among = Event.objects.in_catalogue().filter(starts_at__lt=ends, ends_at__gte=begins)
    found = with_places(events_wanted(wanted, among), now)
    if wanted.get("places"):
        found = found.filter(state=EventState.PUBLISHED, starts_at__gte=now, places_left__gt=0)
    return found


def by_day(events: Sequence[ListedEvent], now: datetime) -> dict[date, list[dict[str, Any]]]:
    """The entries of each day, by the time at which they start."""
    found: dict[date, list[tuple[datetime, dict[str, Any]]]] = defaultdict(list)
    for event in events:
        row = event_row(event, now)
        for begins, _ in event.times:
            local = timezone.localtime(begins)
            found[local.date()].append((local, row | {"at": clock(local.time())}))
    return {
        day: [row for _, row in sorted(rows, key=lambda one: one[0])] for day, rows in found.items()
    }


def named(shown: date) -> str:
    """March 2027."""
    return f"{MONTHS[shown.month - 1]} {shown.year}"


def query_for(request: TenantRequest, shown: date) -> str:
    """The filters as they are, for another month."""
    query = request.GET.copy()
    query.pop("page", None)
    query["month"] = shown.strftime("%Y-%m")
    return query.urlencode()


def link_to(request: TenantRequest, shown: date | None) -> dict[str, str] | None:
    """A month to go to; None where the calendar ends."""
    if shown is None:
        return None
    return {"text": named(shown), "href": f"?{query_for(request, shown)}"}
