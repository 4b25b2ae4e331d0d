"""The courses that a guide names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from competencies.reports.pathways import open_dates
from courses.models import Course, Event


@dataclass(frozen=True)
class Named:
    """A course that a guide leads to, and its next date with places."""

    course: Course
    event: Event | None


def courses_named(references: Iterable[str], now: datetime) -> dict[str, Named]:
    """Courses in the catalogue by reference, without courses removed from it. Two queries."""
    rows = list(Course.objects.in_catalogue().filter(reference__in=list(references)))
    dates = open_dates([course.pk for course in rows], now)
    return {course.reference: Named(course, dates.get(course.pk)) for course in rows}
