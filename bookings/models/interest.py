"""People who wait for dates of a course that has none."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from courses.models import Course, Event
from partnerships.models import Agency, Membership
from tenancy import TenantForeignKey, scoped
from tenancy.models import TenantModel


class CourseInterestQuerySet(models.QuerySet["CourseInterest"]):
    def open(self) -> CourseInterestQuerySet:
        """Those who have neither been told of a date nor changed their mind."""
        return self.filter(told_at__isnull=True, withdrawn_at__isnull=True)


class CourseInterest(TenantModel):
    """Someone asked to be told when a course has dates. ``agency`` is where they worked then."""

    course = TenantForeignKey(Course, on_delete=models.CASCADE, related_name="interests")
    membership = TenantForeignKey(
        Membership,
        on_delete=models.CASCADE,
        related_name="course_interests",
        verbose_name="person",
    )
    agency = TenantForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="course_interests"
    )
    asked_at = models.DateTimeField("asked")
    withdrawn_at = models.DateTimeField("withdrawn", null=True, blank=True)
    told_at = models.DateTimeField("told", null=True, blank=True)
    event = TenantForeignKey(
        Event,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="event that they were told of",
    )

    objects: ClassVar[Any] = scoped(CourseInterestQuerySet)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "membership"],
                condition=Q(told_at__isnull=True, withdrawn_at__isnull=True),
                name="course_interest_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}, {self.course}"
