"""Issued invoices: snapshots that the database refuses to change or add to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.urls import reverse

from bookings.rules.money import NOTHING
from finance.models.charge import Charge
from finance.models.invoice_run import InvoiceRun
from partnerships.models import Agency, Membership
from tenancy import TenantForeignKey, TenantOneToOneField, scoped
from tenancy.guards import Guard, final
from tenancy.models import TenantModel

CREDIT_INSTEAD = "Issue a credit note instead."

# ``new_lines`` are the rows of one INSERT, so a whole invoice is added up once.
LINES_ADD_UP = """
IF EXISTS (
    SELECT FROM finance_invoice AS invoice
    CROSS JOIN LATERAL (
        SELECT count(*) AS lines, sum(net) AS net, sum(vat) AS vat, sum(gross) AS gross
          FROM finance_invoiceline WHERE invoice_id = invoice.id
    ) AS found
    WHERE invoice.id IN (SELECT invoice_id FROM new_lines)
      AND (found.lines > invoice.line_count OR found.lines = invoice.line_count
           AND (found.net, found.vat, found.gross) <> (invoice.net, invoice.vat, invoice.gross))
) THEN
    RAISE EXCEPTION 'An issued invoice takes no further line, and its lines add up to its totals.'
        USING ERRCODE = 'restrict_violation';
END IF;
RETURN NULL;
"""


def never_shared(name: str, other_table: str) -> Guard:
    """Refuses a number that a document of the other kind already has."""
    return Guard(
        name=name,
        operation=pgtrigger.Insert,
        func=f"""
            IF EXISTS (SELECT FROM {other_table}
                        WHERE partnership_id = NEW.partnership_id AND number = NEW.number) THEN
                RAISE EXCEPTION 'The number % is taken.', NEW.number
                    USING ERRCODE = 'unique_violation';
            END IF;
            RETURN NEW;
        """,
    )


class Invoice(TenantModel):
    """A demand for payment to an agency, frozen at issue with names, addresses, lines and PDF.

    ``reports.debt.standing_invoices`` adds ``balance``, which says what has been paid since; ``owed`` and ``held``
    need it.
    """

    history_excludes = ("pdf",)
    balance: Decimal

    number = models.CharField(max_length=30)
    agency = TenantForeignKey(Agency, on_delete=models.PROTECT, related_name="invoices")
    run = TenantForeignKey(
        InvoiceRun, on_delete=models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    issued_on = models.DateField("date issued")
    issued_at = models.DateTimeField("time issued")
    issued_by = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField("due date")
    issuer = models.JSONField(
        help_text="Name, addresses, email, VAT number and bank details at issue."
    )
    customer_name = models.CharField(max_length=200)
    customer_address = models.TextField(blank=True)
    customer_electronic_scheme = models.CharField(max_length=4, blank=True)
    customer_electronic_address = models.CharField(max_length=30, blank=True)
    purchase_order = models.CharField(max_length=60, blank=True)
    billed_apart = models.BooleanField(
        default=False,
        editable=False,
        help_text="Whether it has only charges outside the scope of VAT, which an e-invoice cannot mix with others.",
    )
    net = models.DecimalField(max_digits=10, decimal_places=2)
    vat = models.DecimalField("VAT", max_digits=10, decimal_places=2)
    gross = models.DecimalField(max_digits=10, decimal_places=2)
    line_count = models.PositiveSmallIntegerField(
        editable=False, help_text="The number of lines when it was issued. No more can be added."
    )
    pdf = models.BinaryField()

    objects: ClassVar[Any] = scoped(models.QuerySet)

    class Meta:
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="invoice_number_unique"),
            models.UniqueConstraint(
                fields=["run", "agency", "purchase_order", "billed_apart"],
                condition=models.Q(run__isnull=False),
                name="invoice_once_in_a_run",
            ),
        ]
        triggers = [
            *final("invoice_is_final", "An issued invoice", CREDIT_INSTEAD),
            never_shared("invoice_number_is_new", "finance_creditnote"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("invoice", args=[self.number])

    @property
    def owed(self) -> Decimal:
        """Pounds that the agency still has to pay."""
        return max(self.balance, NOTHING)

    @property
    def held(self) -> Decimal:
        """Pounds that were paid and are not owed, and so belong to the agency."""
        return max(-self.balance, NOTHING)


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
        triggers = [
            *final("invoice_line_is_final", "A line of an issued invoice", CREDIT_INSTEAD),
            Guard(
                name="invoice_lines_add_up",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_lines"),  # type: ignore[no-untyped-call]
                func=LINES_ADD_UP,
            ),
        ]

    def __str__(self) -> str:
        return self.description
