"""What the training achieved: attendance, and what changed. Individual answers only for people who may read them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.transaction import non_atomic_requests
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.rules.metrics import Turnout
from courses.models import Course, Event
from evaluation.access import may_read_answers
from evaluation.forms.filters import InsightFilter, PeriodFilter
from evaluation.reports.attendance import attendance, event_turnout, events_with_turnout
from evaluation.reports.choices import choices
from evaluation.reports.comments import comments
from evaluation.reports.ratings import ratings
from evaluation.reports.slices import Slice
from evaluation.rules.states import Stage
from evaluation.terms.asking import last_day
from evaluation.views import figures, findings
from govuk.rules.phrases import short_date
from partnerships.access import MemberRequest, requires
from partnerships.models import sectors
from partnerships.rules.months import training_year
from partnerships.rules.roles import Permission
from partnerships.spreadsheets import csv_response

PER_PAGE = 30


@dataclass(frozen=True)
class CountedEvent:
    """A row of the file of attendance. It has no ``capacity``, hence no fill, if only some delegates are counted."""

    event: Any
    turnout: Turnout
    capacity: int | None


ATTENDANCE_COLUMNS: dict[str, Callable[[CountedEvent], Any]] = {
    "event": lambda row: row.event.reference,
    "course": lambda row: row.event.course.reference,
    "title": lambda row: row.event.course.title,
    "starts": lambda row: row.event.starts_at,
    "ends": lambda row: row.event.ends_at,
    "capacity": lambda row: row.capacity,
    "bookings": lambda row: row.turnout.bookings,
    "cancelled": lambda row: row.turnout.cancelled,
    "no_shows": lambda row: row.turnout.no_shows,
    "walk_ins": lambda row: row.turnout.walk_ins,
    "attended": lambda row: row.turnout.attended,
    "fill_percent": lambda row: None if row.capacity is None else row.turnout.fill.percent,
    "attendance_percent": lambda row: row.turnout.attendance_of_live.percent,
    "no_show_percent": lambda row: row.turnout.no_show_of_live.percent,
}


@requires(Permission.READ_INSIGHT)
@non_atomic_requests
@require_safe
def insight(request: MemberRequest) -> HttpResponse:
    """Attendance and evaluation of a period, filtered by course, sector or agency."""
    form = insight_filter(request)
    chosen = form.chosen()
    found = attendance(chosen)
    capacity = found.has_capacity
    query = period_query(chosen)
    courses = page_of(found.courses, request, "courses")
    agencies = page_of(found.agencies, request, "agencies")
    events = page_of(events_with_turnout(chosen), request, "events", found.events)
    context = {
        "form": form,
        "period": period(chosen),
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "count": found.events,
        "facts": figures.turnout_facts(found.total.turnout, capacity=capacity),
        "chart": figures.attendance_chart(found),
        "course_headings": figures.headings("Course", "Events", capacity=capacity),
        "course_rows": figures.course_rows(courses, query, capacity=capacity),
        "course_page": courses,
        "agency_headings": figures.headings("Agency", capacity=False),
        "agency_rows": figures.agency_rows(agencies),
        "agency_page": agencies,
        "sector_headings": figures.headings("Sector", capacity=False),
        "sector_rows": figures.sector_rows(found.sectors),
        "event_headings": figures.headings("Event", capacity=capacity),
        "event_rows": figures.event_rows(events, capacity=capacity),
        "event_page": events,
        **said(request, chosen, **({"course": chosen.course} if chosen.course else {})),
    }
    return render(request, "evaluation/insight/insight.html", context)


@requires(Permission.READ_INSIGHT)
@non_atomic_requests
@require_safe
def course(request: MemberRequest, slug: str) -> HttpResponse:
    """One course, over a period."""
    found = get_object_or_404(Course, slug=slug)
    form = PeriodFilter(request.GET, year=this_year(request))
    chosen = form.chosen(course=found.pk)
    counted = attendance(chosen)
    events = page_of(events_with_turnout(chosen), request, "events", counted.events)
    context = {
        "form": form,
        "course": found,
        "period": period(chosen),
        "count": counted.events,
        "facts": figures.turnout_facts(counted.total.turnout, capacity=True),
        "event_headings": figures.headings("Event", capacity=True),
        "event_rows": figures.event_rows(events, capacity=True, course=False),
        "event_page": events,
        **said(request, chosen),
        **written(request, chosen),
    }
    return render(request, "evaluation/insight/course.html", context)


@requires(Permission.READ_INSIGHT)
@non_atomic_requests
@require_safe
def event(request: MemberRequest, reference: str) -> HttpResponse:
    """One event: who came, what was answered."""
    found = get_object_or_404(Event.objects.select_related("course"), reference=reference)
    day = last_day(found)
    chosen = Slice(first=day, last=day, event=found.pk)
    context: dict[str, Any] = {"event": found, "closed": found.register_closed_at is not None}
    if context["closed"]:
        counted = events_with_turnout(chosen).get()
        context["facts"] = figures.turnout_facts(event_turnout(counted), capacity=True)
        context |= findings.evaluation(ratings(chosen, timezone.localdate()))
        context |= written(request, chosen)
    return render(request, "evaluation/insight/event.html", context)


@requires(Permission.READ_INSIGHT)
@non_atomic_requests
@require_safe
def attendance_csv(request: MemberRequest) -> HttpResponse:
    """The events of the same filter, one per line."""
    chosen = insight_filter(request).chosen()
    capacity = not chosen.of_some_agencies
    rows = (
        CountedEvent(
            event=one,
            turnout=event_turnout(one, has_capacity=capacity),
            capacity=one.capacity if capacity else None,
        )
        for one in events_with_turnout(chosen)
    )
    return csv_response("attendance.csv", ATTENDANCE_COLUMNS, rows)


def insight_filter(request: MemberRequest) -> InsightFilter:
    offered = choices()
    return InsightFilter(
        request.GET,
        year=this_year(request),
        courses=offered.courses,
        agencies=offered.agencies,
        sectors=[(one.code, one.name) for one in sectors()],
    )


def this_year(request: MemberRequest) -> tuple[date, date]:
    return training_year(timezone.localdate(), request.partnership.training_year_start_month)


def period(chosen: Slice) -> str:
    """1 April 2026 to 31 March 2027."""
    return f"{short_date(chosen.first)} to {short_date(chosen.last)}"


def period_query(chosen: Slice) -> str:
    """The days as they are written in an address."""
    return f"?start={chosen.first.isoformat()}&end={chosen.last.isoformat()}"


class Counted(Paginator):  # type: ignore[type-arg]
    """A list whose length is already known, so that no query counts it."""

    def __init__(self, rows: Any, length: int) -> None:
        super().__init__(rows, PER_PAGE)
        self.length = length

    @property
    def count(self) -> int:
        return self.length


def page_of(rows: Any, request: MemberRequest, name: str, length: int | None = None) -> Any:
    """The page of one of several lists; the nearest one if there is no such page."""
    paginator = Paginator(rows, PER_PAGE) if length is None else Counted(rows, length)
    return paginator.get_page(request.GET.get(name))


def said(request: MemberRequest, chosen: Slice, **kept: Any) -> dict[str, Any]:
    """What people said, and the parts of the year for which it is published."""
    today, month = timezone.localdate(), request.partnership.training_year_start_month
    return {
        **findings.evaluation(ratings(chosen, today)),
        "periods": findings.period_links(chosen, month, today, kept),
    }


def written(request: MemberRequest, chosen: Slice) -> dict[str, Any]:
    """Free text, a page at a time, for people who may read it."""
    if not may_read_answers(request.membership):
        return {}
    page = page_of(comments(chosen), request, "comments")
    rows = [
        (Stage(one.response.invitation.stage).label, one.question.text, one.text) for one in page
    ]
    return {"comments": rows, "comment_page": page, "may_read": True}
