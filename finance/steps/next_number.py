"""Give the next number of a series, in the transaction of the document that gets it."""

from __future__ import annotations

from finance.models import BillingProfile, DocumentSequence
from finance.models.billing import prefixes_used
from finance.rules.invoicing import NO_ISSUER
from finance.rules.numbering import format_number, number_reasons, prefix_reasons
from finance.rules.states import DocumentKind
from partnerships.rules.refused import Refused


def next_number(*, kind: DocumentKind, profile: BillingProfile, year: int) -> str:
    """The number, unique and without gaps: the series stays locked until the document is saved with it.

    Each prefix counts separately in each year. A transaction that fails gives its number back.
    """
    invoice = kind is DocumentKind.INVOICE
    prefix = profile.invoice_prefix if invoice else profile.credit_note_prefix
    for reason in prefix_reasons(prefix, kind, prefixes_used()):
        raise Refused(reason)
    DocumentSequence.objects.get_or_create(kind=kind, prefix=prefix, year=year)
    series = DocumentSequence.objects.select_for_update().get(kind=kind, prefix=prefix, year=year)
    series.last_number += 1
    series.save()
    number = format_number(prefix, series.last_number, year)
    for reason in number_reasons(number):
        raise Refused(reason)
    return number


def billing_profile() -> BillingProfile:
    """Who issues the partnership's documents, and on what terms."""
    profile: BillingProfile | None = BillingProfile.objects.first()
    if profile is None:
        raise Refused(NO_ISSUER)
    return profile
