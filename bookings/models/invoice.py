"""Issued invoices: snapshots that the database itself refuses to change."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.urls import reverse

from bookings.models.charge import Charge
from bookings.models.invoice_run import InvoiceRun
from partnerships.models import Agency, Membership, TenantModel
from partnerships.tenancy import TenantForeignKey, TenantOneToOneField, scoped


def unchangeable(name: str) -> pgtrigger.Protect:
    """A trigger that refuses every update and delete."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


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
    issuer = models.JSONField(
        help_text="Name, address, e-mail, VAT number and bank details at issue."
    )
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
            models.UniqueConstraint(
                fields=["invoice", "position"], name="invoice_line_position_unique"
            ),
        ]
        triggers = [unchangeable("invoice_line_is_final")]

    def __str__(self) -> str:
        return self.description
