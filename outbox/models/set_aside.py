"""Rows that a sweep could not process, set aside so that they do not hold up the others."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from tenancy import scoped
from tenancy.models.base import TenantModel


class SetAsideQuerySet(models.QuerySet["SetAside"]):
    def waiting(self, now: datetime) -> SetAsideQuerySet:
        """Those not to be tried again yet."""
        return self.filter(try_again_at__gt=now)


class SetAside(TenantModel):
    """One row that one sweep skips until ``try_again_at``. Deleted once it succeeds or is no longer due."""

    sweep = models.CharField("task", max_length=100, help_text="The background task that failed.")
    model = models.CharField(max_length=100, help_text="What it was working on: app and model.")
    row = models.BigIntegerField()
    title = models.CharField(max_length=200, help_text="What it was working on, in words.")
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField()
    failed_at = models.DateTimeField("failed")
    try_again_at = models.DateTimeField("next attempt")

    objects: ClassVar[Any] = scoped(SetAsideQuerySet)

    class Meta:
        ordering = ["-failed_at"]
        verbose_name = "failed task"
        verbose_name_plural = "failed tasks"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "sweep", "model", "row"], name="set_aside_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sweep}: {self.title}"
