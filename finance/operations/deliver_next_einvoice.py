"""Hand the next issued document to the provider of e-invoices, once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from finance.documents.ubl import ubl
from finance.models import BillingProfile, CreditNote, EInvoiceDelivery, Invoice
from finance.provider import configured_provider
from finance.rules.einvoices import einvoice_reasons
from finance.terms.einvoices import facts_of
from outbox.sweeps import take
from partnerships.models import active_partnership


@transaction.atomic
def deliver_next_einvoice(*, now: datetime) -> int:
    """Deliver one invoice or credit note and return 1; 0 when none is left, or if the partnership sends none.

    A document that can have no e-invoice is settled too, with the reason, because an issued document never changes.
    One that the provider does not take is set aside by the runner, like every row that fails.
    """
    provider = configured_provider()
    since = first_day() if provider else None
    if provider is None or since is None:
        return 0
    invoices = Invoice.objects.defer("pdf")
    notes = CreditNote.objects.select_related("invoice", "line").defer("pdf", "invoice__pdf")
    document = take_unsettled(invoices, since) or take_unsettled(notes, since)
    if document is None:
        return 0
    facts = facts_of(document)
    obstacles = einvoice_reasons(facts)
    if not obstacles:
        provider.deliver(
            partnership=active_partnership().slug,
            name=f"{document.number}.xml",
            content=ubl(facts),
        )
    EInvoiceDelivery.objects.create(
        **named(document), settled_at=now, why_not=" ".join(map(str, obstacles))
    )
    return 1


def first_day() -> date | None:
    """From which day of issue on the partnership sends e-invoices; None if it does not."""
    profile: BillingProfile | None = BillingProfile.objects.first()
    return profile.send_einvoices_from if profile else None


def take_unsettled(rows: QuerySet[Any], since: date) -> Invoice | CreditNote | None:
    """The oldest of the documents that has not been dealt with, locked.

    Another worker may have settled it after this one began to look and before it had the lock, so it is asked again.
    """
    due = rows.filter(delivery__isnull=True, issued_on__gte=since).order_by("issued_at", "pk")
    found: Invoice | CreditNote | None = take(due)
    while found is not None and EInvoiceDelivery.objects.filter(**named(found)).exists():
        found = take(due)
    return found


def named(document: Invoice | CreditNote) -> dict[str, Invoice | CreditNote]:
    """The document under the column of its kind."""
    return {"invoice" if isinstance(document, Invoice) else "credit_note": document}
