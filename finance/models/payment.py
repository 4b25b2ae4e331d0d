"""Money paid, refunded or set against another invoice, and debts written off."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.urls import reverse

from finance.models.invoice import Invoice
from partnerships.models import Membership
from tenancy import TenantForeignKey, TenantOneToOneField, scoped
from tenancy.guards import final
from tenancy.models import TenantModel

REVERSE_INSTEAD = "Reverse it, with the reason, and enter it again."


class PaymentQuerySet(models.QuerySet["Payment"]):
    def in_force(self) -> PaymentQuerySet:
        """Those that have not been reversed."""
        return self.filter(reversal=None)

    def in_force_on(self, day: date) -> PaymentQuerySet:
        """Those of that day or earlier that had not been reversed by its end."""
        reversed_later = models.Q(reversal__made_at__date__gt=day)
        return self.filter(models.Q(reversal=None) | reversed_later, received_on__lte=day)

    def on(self, invoice: Invoice) -> PaymentQuerySet:
        """Everything that moved money to or from an invoice, reversed or not."""
        return self.filter(models.Q(invoice=invoice) | models.Q(taken_from=invoice))


class Payment(TenantModel):
    """One movement of money on an invoice's account. Never changed: a ``Reversal`` corrects a wrong one.

    ``amount`` is in pounds and above zero; ``kind`` says which way it went. What is set against ``invoice`` is money
    held on ``taken_from``, another invoice of the same agency on which more was paid than is owed. ``entry_key`` comes
    from the form it was entered in: the same form sent twice is one payment.
    """

    class Kind(models.TextChoices):
        PAYMENT = "payment", "Payment"
        WRITE_OFF = "write_off", "Written off"
        REFUND = "refund", "Refund"
        SET_AGAINST = "set_against", "Set against"

    invoice = TenantForeignKey(Invoice, on_delete=models.PROTECT, related_name="payments")
    kind = models.CharField(max_length=11, choices=Kind.choices, default=Kind.PAYMENT)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    taken_from = TenantForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, blank=True, related_name="given"
    )
    received_on = models.DateField(
        "date", help_text="The day the money was paid, refunded or moved."
    )
    reference = models.CharField(max_length=100, blank=True)
    entered_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("entered")
    entry_key = models.UUIDField(default=uuid4, editable=False)

    objects: ClassVar[Any] = scoped(PaymentQuerySet)

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
            models.CheckConstraint(
                condition=models.Q(kind="set_against", taken_from__isnull=False)
                & ~models.Q(taken_from=models.F("invoice"))
                | ~models.Q(kind="set_against") & models.Q(taken_from__isnull=True),
                name="payment_set_against_comes_from_another_invoice",
            ),
        ]
        triggers = final("payment_is_final", "A payment that was entered", REVERSE_INSTEAD)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of £{self.amount}"

    def get_absolute_url(self) -> str:
        return reverse("invoice", args=[self.invoice.number])


class Reversal(TenantModel):
    """The correction of a wrong payment: who reversed it, when and why. One per payment, and final."""

    payment = TenantOneToOneField(Payment, on_delete=models.PROTECT, related_name="reversal")
    reason = models.CharField(max_length=300)
    made_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", verbose_name="reversed by"
    )
    made_at = models.DateTimeField("reversed")

    class Meta:
        ordering = ["-made_at"]
        triggers = final("reversal_is_final", "A reversal", "Enter the payment again.")

    def __str__(self) -> str:
        return f"Reversal of {self.payment}"
