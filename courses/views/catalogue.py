"""The course list as a file; pages that show places left belong to bookings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.transaction import non_atomic_requests
from django.http import HttpResponse

from courses.models import Course
from courses.reports.catalogue import courses_wanted
from courses.reports.finding import forgiving
from courses.views.panel import course_panel
from partnerships.access import TenantRequest, public
from partnerships.spreadsheets import csv_response

COLUMNS: dict[str, Callable[[Course], Any]] = {
    "reference": lambda course: course.reference,
    "title": lambda course: course.title,
    "group": lambda course: course.group.name if course.group else "",
    "kind": lambda course: course.kind,
    "level": lambda course: course.level,
    "minutes": lambda course: course.minutes,
    "delivery": lambda course: course.delivery,
}


@public
@non_atomic_requests
def courses_csv(request: TenantRequest) -> HttpResponse:
    """All courses of the list, filtered as the list is."""
    meant = forgiving(course_panel(request).wanted, courses_wanted)
    found = courses_wanted(meant.wanted)
    return csv_response("courses.csv", COLUMNS, found)
