"""Rows that a sweep could not do, so that they keep no other waiting."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from partnerships.models.base import TenantModel
from partnerships.tenancy import scoped


class SetAsideQuerySet(models.QuerySet["SetAside"]):
    """Named filters for rows that were set aside."""

    def waiting(self, now: datetime) -> SetAsideQuerySet:
        """Those that are not to be tried yet."""
        return self.filter(try_again_at__gt=now)


class SetAside(TenantModel):
    """One row that one sweep passes over until ``try_again_at``. Gone as soon as it succeeds or is no longer due."""

    sweep = models.CharField("task", max_length=100, help_text="The work that could not be done.")
    model = models.CharField(max_length=100, help_text="What kind of row: app and model.")
    row = models.BigIntegerField()
    title = models.CharField(max_length=200, help_text="The row as people know it.")
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField()
    failed_at = models.DateTimeField()
    try_again_at = models.DateTimeField()

    objects: ClassVar[Any] = scoped(SetAsideQuerySet)

    class Meta:
        ordering = ["-failed_at"]
        verbose_name = "piece of work that failed"
        verbose_name_plural = "work that failed"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "sweep", "model", "row"], name="set_aside_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sweep}: {self.title}"
