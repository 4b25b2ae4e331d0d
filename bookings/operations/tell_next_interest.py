"""Tell people who asked for dates of a course that it has one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.emails.interest import tell_of_dates
from bookings.models import CourseInterest
from courses.models import Event
from outbox.sweeps import take
from partnerships.models import Membership


@transaction.atomic
def tell_next_interest(*, now: datetime) -> int:
    """Sweep: one person, once. People who have left are not told; they stay in the list until they come back."""
    open_dates = Event.objects.on_offer(now).bookable(now)
    interest = take(
        CourseInterest.objects.open()
        .filter(
            course__in=open_dates.values("course"),
            membership__in=Membership.objects.still_here(timezone.localdate(now)),
        )
        .select_related("course", "membership__user")
        .order_by("asked_at", "pk")
    )
    if interest is None:
        return 0
    interest.event = open_dates.filter(course=interest.course).order_by("starts_at", "pk").first()
    interest.told_at = now
    interest.save()
    tell_of_dates(interest, now)
    return 1
