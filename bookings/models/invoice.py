"""Issued documents: snapshots that the database itself refuses to change."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar
from uuid import uuid4

import pgtrigger
from django.db import models
from django.urls import reverse

from bookings.models.charge import Charge
from partnerships.models import Agency, Membership, TenantModel
from partnerships.tenancy import TenantForeignKey, TenantOneToOneField, scoped


def unchangeable(name: str) -> pgtrigger.Protect:
    """A trigger that refuses every update and delete."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class InvoiceRunState(models.TextChoices):
    """Where an invoice run is."""

    DRAFT = "draft", "To review"
    RELEASED = "released", "Released"
    DONE = "done", "Done"


class InvoiceRun(TenantModel):
    """One month's consolidated invoices, one an agency, reviewed and released by finance."""

    month = models.DateField(help_text="First day of the month whose charges it takes.")
    state = models.CharField(
        max_length=10, choices=InvoiceRunState.choices, default=InvoiceRunState.DRAFT
    )
    created_by = TenantForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)

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


class Invoice(TenantModel):
    """A demand for payment to an agency, frozen at issue with names, addresses, lines and PDF."""

    history_excludes = ("pdf",)

    number = models.CharField(max_length=30)
    agency = TenantForeignKey(Agency, on_delete=models.PROTECT, related_name="invoices")
    run = TenantForeignKey(
        InvoiceRun, on_delete=models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField()
    issuer = models.JSONField(help_text="Name, address, e-mail, VAT number and bank details at issue.")
    customer_name = models.CharField(max_length=200)
    customer_address = models.TextField(blank=True)
    purchase_order = models.CharField(max_length=60, blank=True)
    net = models.DecimalField(max_digits=10, decimal_places=2)
    vat = models.DecimalField(max_digits=10, decimal_places=2)
    gross = models.DecimalField(max_digits=10, decimal_places=2)
    pdf = models.BinaryField()

    objects: ClassVar[Any] = scoped(models.QuerySet)

    class Meta:
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="invoice_number_unique"),
            models.UniqueConstraint(
                fields=["run", "agency"],
                condition=models.Q(run__isnull=False),
                name="invoice_one_an_agency_in_a_run",
            ),
        ]
        triggers = [unchangeable("invoice_is_final")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("invoice", args=[self.number])


class InvoiceLine(TenantModel):
    """One charge on an invoice, in the words and amounts of the day of issue."""

    invoice = TenantForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines")
    charge = TenantOneToOneField(Charge, on_delete=models.PROTECT, related_name="invoice_line")
    position = models.PositiveSmallIntegerField()
    description = models.CharField(max_length=400)
    supplied_on = models.DateField()
    clause = models.TextField(blank=True)
    vat_code = models.CharField(max_length=20)
    vat_rate = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal("0.00"))
    vat_reason = models.CharField(max_length=200, blank=True)
    net = models.DecimalField(max_digits=10, decimal_places=2)
    vat = models.DecimalField(max_digits=10, decimal_places=2)
    gross = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="invoice_line_position_unique"),
        ]
        triggers = [unchangeable("invoice_line_is_final")]

    def __str__(self) -> str:
        return self.description


class CreditNote(TenantModel):
    """The only way to correct an invoice: names it and its line, with the reason.

    ``entry_key`` comes from the form that asked for it: the same form sent twice gives one document.
    """

    history_excludes = ("pdf",)

    number = models.CharField(max_length=30)
    invoice = TenantForeignKey(Invoice, on_delete=models.PROTECT, related_name="credit_notes")
    line = TenantForeignKey(InvoiceLine, on_delete=models.PROTECT, related_name="credit_notes")
    reason = models.CharField(max_length=300)
    agreed_on = models.DateField()
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    net = models.DecimalField(max_digits=10, decimal_places=2)
    vat = models.DecimalField(max_digits=10, decimal_places=2)
    gross = models.DecimalField(max_digits=10, decimal_places=2)
    pdf = models.BinaryField()
    entry_key = models.UUIDField(default=uuid4, editable=False)

    class Meta:
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="credit_note_number_unique"),
            models.UniqueConstraint(fields=["partnership", "entry_key"], name="credit_note_entered_once"),
        ]
        triggers = [unchangeable("credit_note_is_final")]

    def __str__(self) -> str:
        return self.number


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
            models.UniqueConstraint(fields=["partnership", "entry_key"], name="payment_entered_once"),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0),
                name="payment_above_zero",
                violation_error_message="Enter an amount above zero.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of £{self.amount}"
