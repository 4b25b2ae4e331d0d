"""Invoice runs: a month's consolidated invoices, one per agency."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from partnerships.models import Membership
from tenancy import TenantForeignKey, scoped
from tenancy.models import TenantModel


class InvoiceRunState(models.TextChoices):
    """How far an invoice run has got."""

    DRAFT = "draft", "To review"
    RELEASED = "released", "Released"
    DONE = "done", "Done"


class InvoiceRunQuerySet(models.QuerySet["InvoiceRun"]):
    def released(self) -> InvoiceRunQuerySet:
        """Runs whose invoices the worker still has to issue."""
        return self.filter(state=InvoiceRunState.RELEASED)


class InvoiceRun(TenantModel):
    """One month's consolidated invoices, one per agency, reviewed and released by finance."""

    month = models.DateField(help_text="First day of the month whose charges it includes.")
    state = models.CharField(
        "status", max_length=10, choices=InvoiceRunState.choices, default=InvoiceRunState.DRAFT
    )
    created_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("created")
    released_at = models.DateTimeField("released", null=True, blank=True)
    released_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField("done", null=True, blank=True)

    objects: ClassVar[Any] = scoped(InvoiceRunQuerySet)

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "month"],
                condition=~models.Q(state="done"),
                name="invoice_run_one_open_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"Invoice run for {self.month:%B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("invoice_run", args=[self.pk])
