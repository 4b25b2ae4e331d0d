"""Links to an agency's invoices that emails carry: since when older ones no longer work."""

from __future__ import annotations

from django.db import models

from partnerships.models import Agency, Membership
from tenancy import TenantForeignKey
from tenancy.guards import final
from tenancy.models import TenantModel


class LinksStopped(TenantModel):
    """From this moment, no link to an agency's invoices that was emailed before works any more."""

    agency = TenantForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField("stopped")
    stopped_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-stopped_at"]
        verbose_name_plural = "links stopped"
        triggers = final("links_stopped_is_final", "This record", "Email a new link instead.")

    def __str__(self) -> str:
        return f"Links to the invoices of {self.agency} stopped"
