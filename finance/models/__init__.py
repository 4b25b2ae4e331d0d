"""What is owed, and the documents that say so."""

from finance.models.account_links import LinksStopped
from finance.models.billing import BillingProfile, DocumentSequence, VatRow
from finance.models.charge import Charge, ChargeTransition, MitigationCase
from finance.models.credit_note import CreditNote
from finance.models.dispute import Dispute
from finance.models.evidence import EvidenceFile
from finance.models.invoice import Invoice, InvoiceLine
from finance.models.invoice_run import InvoiceRun, InvoiceRunState
from finance.models.order import PurchaseOrder
from finance.models.payment import Payment, Reversal

__all__ = [
    "BillingProfile",
    "Charge",
    "ChargeTransition",
    "CreditNote",
    "Dispute",
    "DocumentSequence",
    "EvidenceFile",
    "Invoice",
    "InvoiceLine",
    "InvoiceRun",
    "InvoiceRunState",
    "LinksStopped",
    "MitigationCase",
    "Payment",
    "PurchaseOrder",
    "Reversal",
    "VatRow",
]
