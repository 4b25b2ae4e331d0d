"""Who changed what: rows written by the database itself, so that no write escapes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from tenancy import scoped
from tenancy.guards import never_emptied
from tenancy.models.base import TenantModel


class ChangeQuerySet(models.QuerySet["Change"]):
    def of(self, row: models.Model) -> ChangeQuerySet:
        """Everything that happened to one row, newest first."""
        return self.filter(table=row._meta.db_table, row=row.pk).select_related("user")


class Change(TenantModel):
    """One inserted, changed or deleted row. ``before`` and ``after`` hold the columns that differ.

    Written by the trigger ``record_change`` on every tenant table; the application never writes it.
    """

    is_history = True

    class Action(models.TextChoices):
        INSERT = "INSERT", "Added"
        UPDATE = "UPDATE", "Changed"
        DELETE = "DELETE", "Deleted"

    table = models.CharField(max_length=63)
    row = models.BigIntegerField()
    action = models.CharField(max_length=6, choices=Action.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    at = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,  # the history outlives the account
        db_index=False,
        related_name="+",
    )
    address = models.CharField(max_length=500, blank=True)

    objects: ClassVar[Any] = scoped(ChangeQuerySet)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["partnership", "table", "row"], name="change_by_row")]
        triggers = [never_emptied("history_is_kept")]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.table} {self.row}"
