"""How the partnership's finance team writes its documents."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models

from bookings.rules.numbering import prefix_reasons
from bookings.rules.states import ChargeKind, DocumentKind
from bookings.rules.vat import VatCode, VatTreatment
from partnerships.models import TenantModel


class BillingProfile(TenantModel):
    """Who issues the invoices, and their terms. One a partnership."""

    issuer_name = models.CharField(max_length=200)
    issuer_address = models.TextField()
    issuer_email = models.EmailField()
    vat_number = models.CharField(max_length=20, blank=True)
    bank_details = models.TextField(
        blank=True, help_text="Account name, sort code, account number."
    )
    payment_terms_days = models.PositiveSmallIntegerField(default=30)
    invoice_prefix = models.CharField(max_length=10, default="INV")
    credit_note_prefix = models.CharField(max_length=10, default="CN")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"], name="billing_profile_one_a_partnership"
            ),
        ]

    def __str__(self) -> str:
        return self.issuer_name

    def clean(self) -> None:
        """Numbers made with these prefixes must pass NHS payers' checks (domain.md 3)."""
        for reason in prefix_reasons(self.invoice_prefix, self.credit_note_prefix):
            raise ValidationError(f"{reason.sentence} {reason.next_step}".strip())


class VatRow(TenantModel):
    """The VAT treatment of one kind of charge, set by the partnership's finance team."""

    kind = models.CharField(max_length=20, choices=ChargeKind.choices())
    code = models.CharField(max_length=20, choices=VatCode.choices())
    rate = models.DecimalField(
        max_digits=5, decimal_places=2, default=Decimal("0.00"), help_text="Per cent."
    )
    reason = models.CharField(
        max_length=200, help_text="Printed on the line when no VAT is charged."
    )
    prices_include_vat = models.BooleanField(default=False)

    class Meta:
        ordering = ["kind"]
        verbose_name = "VAT treatment"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "kind"], name="vat_row_one_a_kind")
        ]

    def __str__(self) -> str:
        return f"{ChargeKind(self.kind).label}: {VatCode(self.code).label}"

    def as_rule(self) -> VatTreatment:
        """The treatment as the rules read it."""
        return VatTreatment(
            code=VatCode(self.code),
            rate=self.rate,
            reason=self.reason,
            prices_include_vat=self.prices_include_vat,
        )


class DocumentSequence(TenantModel):
    """The last number given in one year's series. Locked while a document is issued: no number is skipped."""

    kind = models.CharField(max_length=15, choices=DocumentKind.choices())
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "kind", "year"], name="document_sequence_one_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{DocumentKind(self.kind).label} {self.year}: {self.last_number}"
