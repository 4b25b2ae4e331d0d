"""Events for people's own calendars."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from courses.documents import Feed
from courses.models import Course, Event
from courses.reports.catalogue import events_wanted
from courses.reports.finding import forgiving
from courses.views.panel import event_panel
from partnerships.access import TenantRequest, public

LONGEST_FEED = 500


@public
def calendar(request: TenantRequest) -> HttpResponse:
    """The feed of events to come, filtered as the list is; cancelled ones are marked so."""
    now = timezone.now()
    coming = Event.objects.in_catalogue().upcoming(now)
    meant = forgiving(event_panel(request).wanted, lambda wanted: events_wanted(wanted, coming))
    events = (
        events_wanted(meant.wanted, coming)
        .select_related("course", "venue")
        .prefetch_related("sessions")[:LONGEST_FEED]
    )
    return ics_response("events.ics", feed(request).calendar(events))


@public
def course_calendar(request: TenantRequest, slug: str) -> HttpResponse:
    """The feed of one course: its events to come, also those that are published later; cancelled ones are marked so."""
    course = get_object_or_404(Course.objects.in_catalogue(), slug=slug)
    events = (
        Event.objects.in_catalogue()
        .upcoming(timezone.now())
        .filter(course=course)
        .select_related("course", "venue")
        .prefetch_related("sessions")[:LONGEST_FEED]
    )
    return ics_response("course.ics", feed(request).calendar(events))


@public
def event_ics(request: TenantRequest, reference: str) -> HttpResponse:
    """One event to keep."""
    found = get_object_or_404(
        Event.objects.in_catalogue().select_related("course", "venue"), reference=reference
    )
    return ics_response("event.ics", feed(request).calendar([found]))


def feed(request: TenantRequest) -> Feed:
    """What the file says about who made it, where and when."""
    site = request.build_absolute_uri("/").rstrip("/")
    return Feed(partnership=request.partnership, site=site, made_at=timezone.now())


def ics_response(name: str, content: bytes) -> HttpResponse:
    """A calendar file called ``name``."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
