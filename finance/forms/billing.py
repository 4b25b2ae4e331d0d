"""Forms of the admin about what invoices say; they ask the rules before they save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from finance.models import BillingProfile, VatRow
from finance.rules.vat import VatCode, VatTreatment, registration_reasons, treatment_reasons
from partnerships.forms.base import TenantModelForm
from partnerships.rules.reasons import Reason


class BillingProfileForm(TenantModelForm):
    """Who issues the documents; the model asks the rules."""

    class Meta:
        model = BillingProfile
        fields = (
            *("issuer_name", "issuer_address", "issuer_email", "vat_number", "bank_details"),
            *("payment_terms_days", "invoice_prefix", "credit_note_prefix"),
            *("electronic_scheme", "electronic_address", "send_einvoices_from"),
        )


class VatRowForm(TenantModelForm):
    """The treatment of one kind of charge, checked by the rule."""

    reason = forms.CharField(
        max_length=200,
        required=False,
        help_text="Printed on the invoice line when no VAT is charged.",
    )

    class Meta:
        model = VatRow
        fields = ("kind", "code", "rate", "reason", "prices_include_vat")

    def clean(self) -> dict[str, Any]:
        """Say what is wrong with code and rate together."""
        cleaned = super().clean() or self.cleaned_data
        if {"code", "rate"} <= cleaned.keys():
            treatment = VatTreatment(
                VatCode(cleaned["code"]), cleaned["rate"], cleaned.get("reason", "")
            )
            for reason in (*treatment_reasons(treatment), *unregistered(treatment.code)):
                raise ValidationError(str(reason))
        return cleaned


def unregistered(code: VatCode) -> tuple[Reason, ...]:
    """Why VAT cannot be charged: the partnership has not entered its registration."""
    profile = BillingProfile.objects.first()
    return registration_reasons(profile.vat_number if profile else "", [code])
