"""E-invoices that were sent, or for which there is none."""

from __future__ import annotations

from django.db import models

from finance.models.credit_note import CreditNote
from finance.models.invoice import Invoice
from tenancy import TenantOneToOneField
from tenancy.guards import final
from tenancy.models import TenantModel


class EInvoiceDelivery(TenantModel):
    """A document that was handed to the provider, or that has no e-invoice and why. Once for each document."""

    invoice = TenantOneToOneField(
        Invoice, on_delete=models.PROTECT, null=True, blank=True, related_name="delivery"
    )
    credit_note = TenantOneToOneField(
        CreditNote, on_delete=models.PROTECT, null=True, blank=True, related_name="delivery"
    )
    settled_at = models.DateTimeField("time")
    why_not = models.TextField(blank=True, help_text="Empty if it was sent.")

    class Meta:
        ordering = ["-settled_at", "-id"]
        verbose_name = "e-invoice"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(invoice__isnull=False, credit_note__isnull=True)
                | models.Q(invoice__isnull=True, credit_note__isnull=False),
                name="einvoice_delivery_of_one_document",
            ),
        ]
        triggers = final(
            "einvoice_delivery_is_final",
            "The delivery of an e-invoice",
            "Download the document instead.",
        )

    def __str__(self) -> str:
        return f"E-invoice {self.invoice or self.credit_note}"
