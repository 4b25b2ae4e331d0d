"""The course list as a file; pages that show places left are bookings'."""

from __future__ import annotations

from typing import Any

from django.db.transaction import non_atomic_requests
from django.http import HttpResponse

from courses.models import Course
from courses.reports.catalogue import courses_wanted
from courses.views.panel import course_panel
from partnerships.access import TenantRequest, public
from partnerships.csv import csv_response

COLUMNS = ("reference", "title", "group", "kind", "level", "minutes", "delivery")


@public
@non_atomic_requests
def courses_csv(request: TenantRequest) -> HttpResponse:
    """All courses of the list, filtered as the list is."""
    found = courses_wanted(course_panel(request).wanted)
    return csv_response("courses.csv", COLUMNS, map(cells, found))


def cells(course: Course) -> tuple[Any, ...]:
    """One line of the file."""
    return (
        course.reference,
        course.title,
        course.group.name if course.group else "",
        course.kind,
        course.level,
        course.minutes,
        course.delivery,
    )
