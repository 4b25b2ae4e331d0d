"""Give the next number of a series, in the transaction of the document that bears it."""

from __future__ import annotations

from bookings.models import BillingProfile, DocumentSequence
from bookings.operations.refused import Refused, refuse
from bookings.rules.numbering import format_number, number_reasons
from bookings.rules.states import DocumentKind


def next_number(*, kind: DocumentKind, profile: BillingProfile, year: int) -> str:
    """The number, unique and unbroken: the series stays locked until the document is saved with it.

    A transaction that fails gives its number back.
    """
    DocumentSequence.objects.get_or_create(kind=kind, year=year)
    series = DocumentSequence.objects.select_for_update().get(kind=kind, year=year)
    series.last_number += 1
    series.save()
    invoice = kind is DocumentKind.INVOICE
    prefix = profile.invoice_prefix if invoice else profile.credit_note_prefix
    number = format_number(prefix, series.last_number, year)
    for reason in number_reasons(number):
        raise Refused(reason)
    return number


def billing_profile() -> BillingProfile:
    """Who issues the partnership's documents, and on what terms."""
    profile: BillingProfile | None = BillingProfile.objects.first()
    if profile is None:
        raise refuse(
            "billing_profile_missing",
            "Finance has not said yet who issues invoices.",
            "Fill in the billing profile.",
        )
    return profile
