"""Learning completed, here or elsewhere: facts that are added, never changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from courses.models.course import Course
from courses.models.event import Event
from courses.rules.states import RecordSource
from partnerships.models import Membership
from tenancy import TenantForeignKey, scoped
from tenancy.models import TenantModel


class TrainingRecord(TenantModel):
    """Someone completed something on a day. Whether it is still current is worked out, not stored."""

    membership = TenantForeignKey(
        Membership,
        on_delete=models.CASCADE,
        related_name="training_records",
        verbose_name="person",
    )
    course = TenantForeignKey(
        Course, on_delete=models.PROTECT, null=True, blank=True, related_name="training_records"
    )
    event = TenantForeignKey(
        Event, on_delete=models.PROTECT, null=True, blank=True, related_name="training_records"
    )
    title = models.CharField(max_length=200)
    provider = models.CharField(max_length=200, blank=True)
    source = models.CharField(
        max_length=10, choices=RecordSource.choices(), default=RecordSource.EVENT
    )
    completed_on = models.DateField("date completed")
    minutes = models.PositiveIntegerField("minutes of learning", default=0)
    participatory = models.BooleanField(
        "learnt with other people", default=True, help_text="Learning together with other people."
    )

    objects: ClassVar[Any] = scoped(models.QuerySet)

    class Meta:
        ordering = ["-completed_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "event"],
                condition=models.Q(event__isnull=False),
                name="training_record_once_an_event",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.completed_on:%-d %B %Y}"
