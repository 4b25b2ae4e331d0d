"""The annual plan, and its approval by the subgroup."""

from __future__ import annotations

from django.db import models

from tenancy.models import TenantModel


class Programme(TenantModel):
    """The training programme for a year; Southampton approves one for two years (seed 001)."""

    title = models.CharField(max_length=200)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    approved_on = models.DateField("approval date", null=True, blank=True)
    approved_for_years = models.PositiveSmallIntegerField("years of approval", default=2)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="programme_ends_after_it_starts",
                violation_error_message="The last day cannot be before the first day.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
