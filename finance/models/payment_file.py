"""Payments imported from the bank's or the ledger's CSV file, until they are entered on invoices."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.urls import reverse

from finance.models.invoice import Invoice
from finance.models.payment import Payment
from finance.rules.states import CAN_BE_DECIDED, ImportState
from partnerships.models import Membership
from tenancy import TenantForeignKey, TenantOneToOneField, fixed_since, scoped
from tenancy.guards import Refuse
from tenancy.models import TenantModel


class PaymentFileLayout(TenantModel):
    """What the columns of files with these headings mean, as a person said once. ``columns``: positions from 0."""

    headings_digest = models.CharField(max_length=64, editable=False)
    headings = models.JSONField()
    columns = models.JSONField()
    entered_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("entered")

    class Meta:
        ordering = ["pk"]
        verbose_name = "columns of payment files"
        verbose_name_plural = "columns of payment files"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "headings_digest"], name="payment_layout_once_a_heading"
            )
        ]

    def __str__(self) -> str:
        return ", ".join(self.headings)


class PaymentFile(TenantModel):
    """A file as it was uploaded. ``columns`` is empty until they are known; then its payments are there as rows."""

    history_excludes = ("content",)

    name = models.CharField("file", max_length=200)
    digest = models.CharField(max_length=64, editable=False, help_text="SHA-256 of the content.")
    content = models.BinaryField()
    columns = models.JSONField(default=dict)
    uploaded_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("uploaded")

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "digest"], name="payment_file_uploaded_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("payment_file" if self.columns else "payment_columns", args=[self.pk])


class ImportedPaymentQuerySet(models.QuerySet["ImportedPayment"]):
    def decidable(self) -> ImportedPaymentQuerySet:
        """Those that a person may still decide about."""
        return self.filter(state__in=sorted(CAN_BE_DECIDED))

    def accepted(self) -> ImportedPaymentQuerySet:
        return self.filter(state=ImportState.ACCEPTED)

    def released(self) -> ImportedPaymentQuerySet:
        """Those that the worker still has to enter."""
        return self.filter(state=ImportState.RELEASED)


class ImportedPayment(TenantModel):
    """One row of a payment file: money that came in, or below zero, that was paid out, in pounds.

    ``why`` is the reason of the suggestion, or why it was set aside. ``excess`` is what is more than owed: once it is
    entered, it is held for the agency. A row whose ``fingerprint`` another file has brought already ``repeats`` that.
    """

    file = TenantForeignKey(PaymentFile, on_delete=models.CASCADE, related_name="payments")
    number = models.PositiveIntegerField("row")
    received_on = models.DateField("date")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    reference = models.CharField(max_length=300, blank=True)
    payer = models.CharField(max_length=200, blank=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    repeats = TenantForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeated"
    )
    state = models.CharField(
        "status", max_length=10, choices=ImportState.choices(), default=ImportState.TO_REVIEW
    )
    why = models.CharField("reason", max_length=1000, blank=True)
    sure = models.BooleanField("words and amount agree", default=False)
    excess = models.DecimalField(
        "more than owed", max_digits=10, decimal_places=2, default=Decimal("0.00")
    )
    decided_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("decided", null=True, blank=True)
    entered_at = models.DateTimeField("entered", null=True, blank=True)

    objects: ClassVar[Any] = scoped(ImportedPaymentQuerySet)

    class Meta:
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="imported_payment_row_unique"),
            models.UniqueConstraint(
                fields=["partnership", "fingerprint"],
                condition=models.Q(repeats__isnull=True),
                name="imported_payment_brought_once",
            ),
            models.CheckConstraint(
                condition=models.Q(repeats__isnull=True) | models.Q(state="set_aside"),
                name="imported_payment_repeated_is_set_aside",
            ),
            models.CheckConstraint(
                condition=models.Q(state="entered", entered_at__isnull=False)
                | (~models.Q(state="entered") & models.Q(entered_at__isnull=True)),
                name="imported_payment_entered_has_a_time",
            ),
        ]
        triggers = [
            Refuse(
                name="imported_payment_is_final",
                sentence="An imported payment that has been entered cannot be changed. Reverse it on the invoice.",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=ImportState.ENTERED.value),
            )
        ]

    def __str__(self) -> str:
        return f"Row {self.number} of {self.file}"

    def get_absolute_url(self) -> str:
        return reverse("imported_payment", args=[self.file_id, self.number])

    @property
    def is_decidable(self) -> bool:
        return self.state in CAN_BE_DECIDED and self.repeats_id is None


class ImportedShare(TenantModel):
    """How much of an imported payment goes to one invoice, in pounds, and the entry that was made of it."""

    imported = TenantForeignKey(ImportedPayment, on_delete=models.CASCADE, related_name="shares")
    invoice = TenantForeignKey(Invoice, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    entry = TenantOneToOneField(
        Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="imported_share"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["imported", "invoice"], name="imported_share_one_an_invoice"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="imported_share_above_zero"
            ),
        ]
        triggers = [fixed_since("imported_share_is_final", "entry", "A share that was entered")]

    def __str__(self) -> str:
        return f"£{self.amount} of {self.imported}"
