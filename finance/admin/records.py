"""Money to look at: charges, requests, issued documents, payments."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from bookings.admin.base import ReadOnlyAdmin
from finance.models import (
    Charge,
    Contribution,
    CreditNote,
    Dispute,
    EInvoiceDelivery,
    EventCost,
    EvidenceFile,
    ImportedPayment,
    Invoice,
    InvoiceRun,
    LedgerBatch,
    LedgerDownload,
    LinksStopped,
    MitigationCase,
    Payment,
    PaymentFileLayout,
    PurchaseOrder,
    Reversal,
    StatementEmail,
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

    list_display = ("charge", "ground", "state", "asked_by", "asked_at", "decided_at")
    list_filter = ("state",)
    list_select_related = ("charge__booking", "asked_by__user", "ground")


@admin.register(EvidenceFile, site=manage_site)
class EvidenceFileAdmin(ReadOnlyAdmin):
    """Which files were sent. They are downloaded from the page of the request."""

    exclude = ("content",)
    list_display = ("case", "kind", "size", "added_by", "added_at")
    list_select_related = ("case__charge__booking", "added_by__user")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without their content."""
        return super().get_queryset(request).defer("content")


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
    list_display = ("covers", "state", "created_by", "released_at", "done_at")
    list_select_related = ("created_by__user", "event__course")


@admin.register(PurchaseOrder, site=manage_site)
class PurchaseOrderAdmin(ReadOnlyAdmin):
    """Purchase order numbers that agencies gave, and for which charges."""

    list_display = ("number", "agency", "scope", "given_email", "given_at", "withdrawn_at")
    list_filter = ("scope",)
    list_select_related = ("agency",)
    search_fields = ("number", "agency__name")


@admin.register(Dispute, site=manage_site)
class DisputeAdmin(ReadOnlyAdmin):
    """What agencies said is wrong with a line of an invoice, and the answers."""

    list_display = ("line", "objection", "state", "raised_at", "answered_at", "agreed")
    list_filter = ("state", "objection")
    list_select_related = ("line",)


@admin.register(LinksStopped, site=manage_site)
class LinksStoppedAdmin(ReadOnlyAdmin):
    """When finance stopped the links to an agency's invoices."""

    list_display = ("agency", "stopped_at", "stopped_by")
    list_select_related = ("agency", "stopped_by__user")


@admin.register(ImportedPayment, site=manage_site)
class ImportedPaymentAdmin(ReadOnlyAdmin):
    """Rows of payment files. They are decided on the finance pages."""

    list_display = ("file", "number", "received_on", "amount", "payer", "state")
    list_filter = ("state",)
    list_select_related = ("file",)
    search_fields = ("payer", "reference")
    date_hierarchy = "received_on"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the bytes of the file."""
        return super().get_queryset(request).defer("file__content")


@admin.register(PaymentFileLayout, site=manage_site)
class PaymentFileLayoutAdmin(ReadOnlyAdmin):
    """What the columns of payment files mean."""

    list_display = ("__str__", "entered_by", "entered_at")
    list_select_related = ("entered_by__user",)


@admin.register(StatementEmail, site=manage_site)
class StatementEmailAdmin(ReadOnlyAdmin):
    list_display = ("agency", "asked_by", "asked_at", "written_at")
    list_select_related = ("agency", "asked_by__user")


@admin.register(EventCost, site=manage_site)
class EventCostAdmin(ReadOnlyAdmin):
    """What events cost. Costs are entered on the page of each event."""

    list_display = ("event", "kind", "description", "amount", "incurred_on")
    list_filter = ("kind",)
    list_select_related = ("event__course",)


@admin.register(Contribution, site=manage_site)
class ContributionAdmin(ReadOnlyAdmin):
    list_display = ("agency", "year", "amount", "note")
    list_select_related = ("agency",)


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
