"""The email to someone who asked for dates of a course."""

from __future__ import annotations

from datetime import datetime

from bookings.emails.places import tell
from bookings.models import CourseInterest


def tell_of_dates(interest: CourseInterest, now: datetime) -> None:
    """Once, when the course has a date that can be booked."""
    course = interest.course
    tell(
        f"dates:{interest.pk}",
        interest.membership,
        about=course.reference,
        why="They asked to be told when the course has dates.",
        subject=f"New date: {course.title}",
        due_at=now,
        course=course,
        event=interest.event,
    )
