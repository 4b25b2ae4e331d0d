"""Ask to be told when a course has dates."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import CourseInterest
from courses.models import Course
from partnerships.models import Employment, Membership


@transaction.atomic
def ask_for_dates(*, course: Course, by: Membership, now: datetime) -> CourseInterest:
    """Asking twice is asking once. It counts for the agency where the person has worked longest."""
    jobs = Employment.objects.jobs_on(timezone.localdate(now)).filter(membership=by)
    job = jobs.order_by("starts_on", "pk").first()
    interest: CourseInterest
    interest, _ = CourseInterest.objects.open().get_or_create(
        course=course,
        membership=by,
        defaults={"agency_id": job.agency_id if job else None, "asked_at": now},
    )
    return interest
