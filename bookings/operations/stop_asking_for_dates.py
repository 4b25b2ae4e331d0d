"""No longer want to be told when a course has dates."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import CourseInterest
from courses.models import Course
from partnerships.models import Membership


@transaction.atomic
def stop_asking_for_dates(*, course: Course, by: Membership, now: datetime) -> None:
    """Nothing happens if the person did not ask, or has been told."""
    rows = CourseInterest.objects.open().filter(course=course, membership=by)
    rows.update(withdrawn_at=now)
