"""Statements that finance has asked to be emailed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from partnerships.models import Agency, Membership
from tenancy import TenantForeignKey, scoped
from tenancy.models import TenantModel


class StatementEmailQuerySet(models.QuerySet["StatementEmail"]):
    def waiting(self) -> StatementEmailQuerySet:
        """Those that the worker has not written yet."""
        return self.filter(written_at__isnull=True)


class StatementEmail(TenantModel):
    """One agency's statement, to go to its finance office. ``key`` names the form: sent twice, it is one email."""

    agency = TenantForeignKey(Agency, on_delete=models.PROTECT, related_name="statement_emails")
    key = models.UUIDField(editable=False)
    asked_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("asked")
    written_at = models.DateTimeField("written", null=True, blank=True)

    objects: ClassVar[Any] = scoped(StatementEmailQuerySet)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "key", "agency"], name="statement_email_once_a_form"
            )
        ]

    def __str__(self) -> str:
        return f"Statement for {self.agency}"
