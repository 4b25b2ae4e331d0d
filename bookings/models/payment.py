"""Money that came in, and money that never will."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from bookings.models.invoice import Invoice
from partnerships.models import Membership, TenantModel
from partnerships.tenancy import TenantForeignKey


class Payment(TenantModel):
    """Money received for an invoice, or the part of it that will never come.

    ``entry_key`` comes from the form it was entered in: the same form sent twice is one payment.
    """

    class Kind(models.TextChoices):
        PAYMENT = "payment", "Payment"
        WRITE_OFF = "write_off", "Written off"

    invoice = TenantForeignKey(Invoice, on_delete=models.PROTECT, related_name="payments")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PAYMENT)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    received_on = models.DateField()
    reference = models.CharField(max_length=100, blank=True)
    entered_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    entry_key = models.UUIDField(default=uuid4, editable=False)

    class Meta:
        ordering = ["received_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "entry_key"], name="payment_entered_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0),
                name="payment_above_zero",
                violation_error_message="Enter an amount above zero.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of £{self.amount}"
