"""The course list as a file; pages that show places left are bookings'."""

from __future__ import annotations

from typing import Any

from django.db.transaction import non_atomic_requests
from django.http import HttpResponse

from courses.forms.filters import CourseFilter
from courses.models import Course
from courses.reports import catalogue_choices, courses_wanted
from partnerships.access import TenantRequest, public
from partnerships.csv import csv_response

COLUMNS = ("reference", "title", "group", "kind", "level", "minutes", "delivery")


@public
@non_atomic_requests
def courses_csv(request: TenantRequest) -> HttpResponse:
    """All courses of the list, filtered as the list is."""
    choices = catalogue_choices()
    form = CourseFilter(
        request.GET,
        group_term=request.partnership.group_term,
        groups=choices.groups,
        topics=choices.topics,
    )
    return csv_response("courses.csv", COLUMNS, map(cells, courses_wanted(form.wanted)))


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
