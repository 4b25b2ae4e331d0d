"""Credit notes: how an issued invoice is corrected."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.urls import reverse

from finance.models.invoice import Invoice, InvoiceLine, never_shared
from partnerships.models import Membership
from tenancy import TenantForeignKey
from tenancy.guards import final
from tenancy.models import TenantModel


class CreditNote(TenantModel):
    """The only way to correct an invoice: names it and its line, with the reason.

    ``entry_key`` comes from the form that asked for it: the same form sent twice gives one document.
    """

    history_excludes = ("pdf",)

    number = models.CharField(max_length=30)
    invoice = TenantForeignKey(Invoice, on_delete=models.PROTECT, related_name="credit_notes")
    line = TenantForeignKey(InvoiceLine, on_delete=models.PROTECT, related_name="credit_notes")
    reason = models.CharField(max_length=300)
    agreed_on = models.DateField("date agreed")
    issued_on = models.DateField("date issued")
    issued_at = models.DateTimeField("time issued")
    issued_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    net = models.DecimalField(max_digits=10, decimal_places=2)
    vat = models.DecimalField("VAT", max_digits=10, decimal_places=2)
    gross = models.DecimalField(max_digits=10, decimal_places=2)
    pdf = models.BinaryField()
    entry_key = models.UUIDField(default=uuid4, editable=False)

    class Meta:
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "number"], name="credit_note_number_unique"
            ),
            models.UniqueConstraint(
                fields=["partnership", "entry_key"], name="credit_note_entered_once"
            ),
        ]
        triggers = [
            *final("credit_note_is_final", "An issued credit note", "Issue another document."),
            never_shared("credit_note_number_is_new", "finance_invoice"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("credit_note_pdf", args=[self.number])
