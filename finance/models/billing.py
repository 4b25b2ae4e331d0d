"""How the partnership's finance team writes its documents."""

from __future__ import annotations

from decimal import Decimal

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models

from bookings.rules.prices import ChargeKind
from finance.rules.invoicing import LONGEST_TERMS, SHORTEST_TERMS, terms_reasons
from finance.rules.numbering import LONGEST_PREFIX, prefix_reasons, shared_prefix_reasons
from finance.rules.states import DocumentKind
from finance.rules.vat import VatCode, VatTreatment, registration_reasons
from partnerships.models.electronic_address import Addressable
from partnerships.rules.vat_numbers import vat_number_reasons
from tenancy.guards import Refuse, never_emptied
from tenancy.models import TenantModel

PREFIX_STAYS = "The start of every number, such as INV in INV20260001. Once used, it stays with this kind of document."


class BillingProfile(Addressable):
    """Who issues the invoices, and their terms. One per partnership."""

    issuer_name = models.CharField("name of the issuer", max_length=200)
    issuer_address = models.TextField("address of the issuer")
    issuer_email = models.EmailField("email address of the issuer")
    vat_number = models.CharField(
        "VAT number",
        max_length=20,
        blank=True,
        help_text="GB and 9 digits. You need one to charge VAT. Leave it empty if you are not registered.",
    )
    bank_details = models.TextField(
        blank=True, help_text="Account name, sort code and account number."
    )
    payment_terms_days = models.PositiveSmallIntegerField(
        "payment terms (days)",
        default=30,
        help_text=f"{SHORTEST_TERMS} to {LONGEST_TERMS} days from the date of the invoice.",
    )
    invoice_prefix = models.CharField(max_length=10, default="INV", help_text=PREFIX_STAYS)
    credit_note_prefix = models.CharField(max_length=10, default="CN", help_text=PREFIX_STAYS)
    send_einvoices_from = models.DateField(
        "send e-invoices from",
        null=True,
        blank=True,
        help_text="Documents issued from this day are sent as e-invoices, if this site can send them. Leave it empty to"
        " send none.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"], name="billing_profile_one_a_partnership"
            ),
        ]

    def __str__(self) -> str:
        return self.issuer_name

    def clean(self) -> None:
        """Reasons from the rules, each next to its field."""
        used = prefixes_used()
        charged = VatRow.objects.values_list("code", flat=True)
        found = {
            "invoice_prefix": prefix_reasons(self.invoice_prefix, DocumentKind.INVOICE, used),
            "credit_note_prefix": (
                *prefix_reasons(self.credit_note_prefix, DocumentKind.CREDIT_NOTE, used),
                *shared_prefix_reasons(self.invoice_prefix, self.credit_note_prefix),
            ),
            "vat_number": (
                vat_number_reasons(self.vat_number)
                if self.vat_number
                else registration_reasons(self.vat_number, charged)
            ),
            "payment_terms_days": terms_reasons(self.payment_terms_days or 0),
            **self.address_faults(),
        }
        refused = {
            field: [str(reason) for reason in reasons]
            for field, reasons in found.items()
            if reasons
        }
        if refused:
            raise ValidationError(refused)


class VatRow(TenantModel):
    """The VAT treatment of one kind of charge, set by the partnership's finance team."""

    kind = models.CharField("charge", max_length=20, choices=ChargeKind.choices())
    code = models.CharField("VAT treatment", max_length=20, choices=VatCode.choices())
    rate = models.DecimalField(
        "VAT rate",
        max_digits=5,
        decimal_places=2,
        default=Decimal("0.00"),
        help_text="As a percentage.",
    )
    reason = models.CharField(
        max_length=200, help_text="Printed on the invoice line when no VAT is charged."
    )
    prices_include_vat = models.BooleanField("prices include VAT", default=False)

    class Meta:
        ordering = ["kind"]
        verbose_name = "VAT treatment"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "kind"], name="vat_row_one_a_kind")
        ]

    def __str__(self) -> str:
        return f"{ChargeKind(self.kind).label}: {VatCode(self.code).label}"

    def as_rule(self) -> VatTreatment:
        return VatTreatment(
            code=VatCode(self.code),
            rate=self.rate,
            reason=self.reason,
            prices_include_vat=self.prices_include_vat,
        )


class DocumentSequence(TenantModel):
    """The last number given in a series: one prefix in one year. Locked while a document is issued.

    A prefix always belongs to the kind of document it was first used for. Because a prefix ends with a letter, no two
    of a partnership's documents can have the same number, whatever the billing profile says later.
    """

    kind = models.CharField(max_length=15, choices=DocumentKind.choices())
    prefix = models.CharField(max_length=LONGEST_PREFIX)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "prefix", "year"], name="document_sequence_once_per_year"
            ),
            ExclusionConstraint(
                name="document_prefix_of_one_kind",
                expressions=[
                    ("partnership", RangeOperators.EQUAL),
                    ("prefix", RangeOperators.EQUAL),
                    ("kind", RangeOperators.NOT_EQUAL),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(prefix__regex=r"^[0-9A-Z]*[A-Z]$"),
                name="document_prefix_ends_with_a_letter",
            ),
        ]
        triggers = [
            Refuse(
                name="document_sequence_begins",
                sentence="A series of document numbers starts at zero.",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__last_number__gt=0),
            ),
            Refuse(
                name="document_sequence_rises",
                sentence="A series of document numbers can only go up by one for each document.",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "((NEW.partnership_id, NEW.kind, NEW.prefix, NEW.year, NEW.last_number) <>"
                    " (OLD.partnership_id, OLD.kind, OLD.prefix, OLD.year, OLD.last_number + 1))"
                ),
            ),
            Refuse(
                name="document_sequence_stays",
                sentence="A series of document numbers cannot be deleted.",
                operation=pgtrigger.Delete,
            ),
            never_emptied("document_sequence_is_kept"),
        ]

    def __str__(self) -> str:
        return f"{DocumentKind(self.kind).label} {self.prefix} {self.year}: {self.last_number}"


def prefixes_used() -> dict[str, str]:
    """Prefixes of issued documents, each with the kind of document it always belongs to."""
    return dict(DocumentSequence.objects.values_list("prefix", "kind"))
