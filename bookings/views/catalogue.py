"""The public catalogue: what is on offer, with the places that are left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from bookings.models import CourseInterest
from bookings.reports.listed_prices import listed_prices
from bookings.terms.places import ListedEvent, PlacedEvent, listed_events, with_places
from courses.models import Course, Event
from courses.reports.catalogue import courses_wanted, events_wanted, next_events
from courses.reports.details import substance_of, with_outcomes
from courses.reports.finding import Meant, forgiving, pathways_for
from courses.rules.catalogue import (
    EventStanding,
    book_by_wording,
    duration_wording,
    event_standing,
    places_wording,
)
from courses.rules.states import CourseKind, Delivery, EventState
from courses.rules.when import when_wording
from courses.views.panel import Panel, course_panel, event_panel
from govuk.paging import page_of
from govuk.rules.phrases import counted, short_date
from partnerships.access import TenantRequest, membership_or_none, public
from partnerships.spreadsheets import csv_response
from tenancy import rulebook

EVENTS_SHOWN = 50  # of one course; the list of events has them all
TAGS = {
    EventStanding.OPEN: "green",
    EventStanding.FULL: "yellow",
    EventStanding.CANCELLED: "red",
    EventStanding.DRAFT: "purple",
}

EVENT_COLUMNS: dict[str, Callable[[ListedEvent], Any]] = {
    "reference": lambda event: event.reference,
    "course": lambda event: event.course_reference,
    "title": lambda event: event.title,
    "starts": lambda event: event.starts_at,
    "ends": lambda event: event.ends_at,
    "bookings_close": lambda event: event.closes_at,
    "delivery": lambda event: event.delivery,
    "venue": lambda event: event.venue,
    "capacity": lambda event: event.capacity,
    "places_left": lambda event: event.places_left,
    "state": lambda event: event.state,
}


@rulebook()
@public
def courses(request: TenantRequest) -> HttpResponse:
    """Search and filter the courses; each with its next date."""
    panel = course_panel(request)
    meant = forgiving(panel.wanted, courses_wanted)
    page, problem = page_of(courses_wanted(meant.wanted), request.GET.get("page"))
    found = list(page.object_list)
    now = timezone.now()
    coming = next_events([course.pk for course in found], now)
    dates = {event.course_id: event for event in listed_events(with_places(coming, now))}
    term = request.partnership.group_term
    rows = [course_row(course, dates.get(course.pk), term) for course in found]
    return listing(request, "courses/courses.html", panel, meant, (page, problem), rows)


@rulebook()
@public
def course(request: TenantRequest, slug: str) -> HttpResponse:
    """Everything about one course, and when it runs next."""
    found = get_object_or_404(with_outcomes(Course.objects.in_catalogue()), slug=slug)
    now = timezone.now()
    coming = Event.objects.on_offer(now).filter(course=found)
    rows = event_rows(request, listed_events(with_places(coming, now)[:EVENTS_SHOWN]), now)
    facts = course_facts(found, request.partnership.group_term)
    context = {"course": found, "facts": facts, "rows": rows, **substance_of(found, found)}
    who = membership_or_none(request)
    if who and not rows:
        asked = CourseInterest.objects.open().filter(course=found, membership=who)
        context["asked_for_dates"] = asked.exists()
    return render(request, "courses/course.html", context)


@rulebook()
@public
def events(request: TenantRequest) -> HttpResponse:
    """Search and filter the upcoming dates."""
    now = timezone.now()
    panel = event_panel(request)
    meant = forgiving(panel.wanted, lambda wanted: bookable(wanted, now))
    page, problem = page_of(bookable(meant.wanted, now), request.GET.get("page"))
    rows = event_rows(request, listed_events(cast("QuerySet[PlacedEvent]", page.object_list)), now)
    return listing(request, "courses/events.html", panel, meant, (page, problem), rows)


@rulebook()
@public
def events_csv(request: TenantRequest) -> HttpResponse:
    """The same list for a spreadsheet, all of it."""
    now = timezone.now()
    meant = forgiving(event_panel(request).wanted, lambda wanted: bookable(wanted, now))
    found = bookable(meant.wanted, now)
    return csv_response("events.csv", EVENT_COLUMNS, listed_events(found))


def bookable(wanted: Mapping[str, Any], now: datetime) -> QuerySet[PlacedEvent]:
    """The events asked for, with their places."""
    found = with_places(events_wanted(wanted, Event.objects.on_offer(now)), now)
    if wanted.get("places"):
        found = found.filter(state=EventState.PUBLISHED, places_left__gt=0)
    return found


def listing(
    request: HttpRequest,
    template: str,
    panel: Panel,
    meant: Meant,
    shown: tuple[Page[Any], str],
    rows: Iterable[dict[str, Any]],
) -> HttpResponse:
    """One page of a filtered list; ``shown`` is that page, and what is wrong with its number.

    A filter with a mistake is shown as a whole page, even if a part was requested.
    """
    if panel.form and request.headers.get("HX-Request"):
        answer = HttpResponse()
        answer["HX-Redirect"] = request.get_full_path()
        return answer
    context = {
        "panel": panel.html,
        "form": panel.form,
        "page": shown[0],
        "page_problem": shown[1],
        "asked": panel.wanted.get("q", ""),
        "instead": meant.instead,
        "pathways": pathways_for(panel.wanted.get("q", "")),
        "query": query_of(request),
        "rows": rows,
    }
    return render(request, template, context)


def query_of(request: HttpRequest) -> str:
    """The filter as it is written in an address, for the links to the CSV file and the calendar."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"?{query.urlencode()}" if query else ""


def course_facts(course: Course, group_term: str) -> list[tuple[str, str]]:
    """What a course is, as labels and values."""
    refresh = course.refresh_months
    facts = [
        ("Length", duration_wording(course.minutes)),
        (group_term, course.group.name if course.group else "Everyone"),
        ("Type", CourseKind(course.kind).label),
        ("Level", str(course.level or "")),
        ("How it is delivered", Delivery(course.delivery).label),
        ("Refresher", f"Every {interval(refresh)}" if refresh else "No fixed interval"),
        ("Reference", course.reference),
    ]
    return [(label, value) for label, value in facts if value]


def interval(months: int) -> str:
    """18 months, 1 year, 3 years."""
    years, rest = divmod(months, 12)
    return counted(months, "month") if rest else counted(years, "year")


def course_row(course: Course, coming: ListedEvent | None, group_term: str) -> dict[str, Any]:
    facts = [
        course.group.name if course.group else "",
        CourseKind(course.kind).label,
        f"Level {course.level}" if course.level and group_term != "Level" else "",
        duration_wording(course.minutes),
        Delivery(course.delivery).label,
    ]
    row: dict[str, Any] = {
        "title": course.title,
        "url": reverse("course", args=[course.slug]),
        "facts": ", ".join(fact for fact in facts if fact),
        "date": "",
    }
    if coming is not None:
        row["date"] = short_date(timezone.localdate(coming.starts_at))
        row["event_url"] = reverse("event", args=[coming.reference])
        row["places"] = places_wording(coming.places_left, waiting_list=True)
    return row


def event_rows(
    request: TenantRequest, events: Sequence[ListedEvent], now: datetime
) -> list[dict[str, Any]]:
    """The events of a list, each with what it costs the reader."""
    prices = listed_prices(events, membership_or_none(request), now)
    return [event_row(event, now) | {"price": prices[event.reference]} for event in events]


def event_row(event: ListedEvent, now: datetime) -> dict[str, Any]:
    stands = standing_now(event, now)
    zone = timezone.get_current_timezone()
    words, book_by = stands.label, ""
    if stands in {EventStanding.OPEN, EventStanding.FULL}:
        words = places_wording(event.places_left, waiting_list=True)
        book_by = book_by_wording(event.closes_at, event.starts_at, zone)
    return {
        "title": event.title,
        "url": reverse("event", args=[event.reference]),
        "when": when_wording(event.times, zone),
        "book_by": book_by,
        "where": where(event.delivery, event.venue),
        "group": event.group,
        "places": words,
        "colour": TAGS.get(stands, "grey"),
    }


def where(delivery: str, venue: str | None) -> str:
    """The venue, or how people take part if there is none."""
    if venue is None:
        return Delivery(delivery).label
    if delivery == Delivery.IN_PERSON:
        return venue
    return f"{Delivery(delivery).label}, {venue}"


def standing_now(event: ListedEvent | PlacedEvent, now: datetime) -> EventStanding:
    """What someone can do now about an event whose places are known."""
    times = (event.starts_at, event.ends_at)
    return event_standing(EventState(event.state), times, event.closes_at, event.places_left, now)
