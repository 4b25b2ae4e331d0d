"""Invoice runs: the invoices of a month or of an event."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from courses.models import Event
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
    """The invoices of one month or of one event, reviewed and released by finance.

    One per agency and order number, or two if its e-invoice cannot have all charges (``rules.einvoices``).
    """

    month = models.DateField(
        null=True, blank=True, help_text="First day of the month whose charges it includes."
    )
    event = TenantForeignKey(
        Event,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invoice_runs",
        help_text="The event whose charges it includes, whenever they arose.",
    )
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
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "month"],
                condition=~models.Q(state="done"),
                name="invoice_run_one_open_a_month",
            ),
            models.UniqueConstraint(
                fields=["partnership", "event"],
                condition=~models.Q(state="done"),
                name="invoice_run_one_open_an_event",
            ),
            models.CheckConstraint(
                condition=models.Q(month__isnull=False, event=None)
                | models.Q(month=None, event__isnull=False),
                name="invoice_run_of_a_month_or_an_event",
            ),
        ]

    def __str__(self) -> str:
        return f"Invoice run for {self.covers}"

    def get_absolute_url(self) -> str:
        return reverse("invoice_run", args=[self.pk])

    @property
    def covers(self) -> str:
        """Whose charges it includes, in words: its month, or its event."""
        return f"{self.month:%B %Y}" if self.month else f"{self.event}"
