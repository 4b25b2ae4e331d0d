"""Money to look at: charges, requests, issued documents, payments."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from bookings.admin.base import ReadOnlyAdmin
from finance.models import (
    Charge,
    CreditNote,
    EInvoiceDelivery,
    Invoice,
    InvoiceRun,
    LedgerBatch,
    LedgerDownload,
    MitigationCase,
    Payment,
    Reversal,
)
from partnerships.admin.site import manage_site


@admin.register(Charge, site=manage_site)
class ChargeAdmin(ReadOnlyAdmin):
    """What agencies owe, and why."""

    list_display = ("booking", "agency", "kind", "state", "amount", "arose_on")
    list_filter = ("state", "kind")
    list_select_related = ("booking", "agency")
    search_fields = ("booking__reference", "agency__name")
    date_hierarchy = "arose_on"


@admin.register(MitigationCase, site=manage_site)
class MitigationCaseAdmin(ReadOnlyAdmin):
    """Requests to waive a charge."""

    list_display = ("charge", "state", "asked_by", "asked_at", "decided_at")
    list_filter = ("state",)
    list_select_related = ("charge__booking", "asked_by__user")


class DocumentAdmin(ReadOnlyAdmin):
    """Issued documents. The stored PDF is on the finance pages."""

    exclude = ("pdf",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the bytes of the PDF."""
        return super().get_queryset(request).defer("pdf")


@admin.register(Invoice, site=manage_site)
class InvoiceAdmin(DocumentAdmin):
    list_display = ("number", "customer_name", "issued_on", "due_on", "gross")
    search_fields = ("number", "customer_name")
    date_hierarchy = "issued_on"


@admin.register(CreditNote, site=manage_site)
class CreditNoteAdmin(DocumentAdmin):
    list_display = ("number", "invoice", "issued_on", "gross", "reason")
    list_select_related = ("invoice",)
    search_fields = ("number", "invoice__number")


@admin.register(Payment, site=manage_site)
class PaymentAdmin(ReadOnlyAdmin):
    """Money paid, refunded or set against another invoice, and debts written off."""

    list_display = ("invoice", "kind", "amount", "received_on", "reference")
    list_filter = ("kind",)
    list_select_related = ("invoice",)


@admin.register(Reversal, site=manage_site)
class ReversalAdmin(ReadOnlyAdmin):
    """Payments that were reversed, and why."""

    list_display = ("payment", "reason", "made_by", "made_at")
    list_select_related = ("payment", "made_by__user")


@admin.register(InvoiceRun, site=manage_site)
class InvoiceRunAdmin(ReadOnlyAdmin):
    list_display = ("month", "state", "created_by", "released_at", "done_at")
    list_select_related = ("created_by__user",)


@admin.register(EInvoiceDelivery, site=manage_site)
class EInvoiceDeliveryAdmin(ReadOnlyAdmin):
    """E-invoices that were sent, and documents that have none."""

    list_display = ("__str__", "settled_at", "why_not")
    list_select_related = ("invoice", "credit_note")


@admin.register(LedgerBatch, site=manage_site)
class LedgerBatchAdmin(ReadOnlyAdmin):
    """Exports to the ledger. Their files are on the finance pages."""

    exclude = ("columns",)
    list_display = ("__str__", "made_at", "made_by", "row_count", "total")
    list_select_related = ("made_by__user",)


@admin.register(LedgerDownload, site=manage_site)
class LedgerDownloadAdmin(ReadOnlyAdmin):
    """Who downloaded which export, and when."""

    list_display = ("__str__", "made_at", "made_by")
    list_select_related = ("batch", "made_by__user")
