"""What is owed, and the documents that say so."""

from finance.models.account_links import LinksStopped
from finance.models.billing import BillingProfile, DocumentSequence, VatRow
from finance.models.charge import Charge, ChargeTransition, MitigationCase
from finance.models.costs import Contribution, EventCost
from finance.models.credit_note import CreditNote
from finance.models.dispute import Dispute
from finance.models.einvoice_delivery import EInvoiceDelivery
from finance.models.evidence import EvidenceFile
from finance.models.invoice import Invoice, InvoiceLine
from finance.models.invoice_run import InvoiceRun, InvoiceRunState
from finance.models.ledger_batch import LedgerBatch, LedgerDownload, LedgerEntry
from finance.models.ledger_file import LedgerCode, LedgerColumn, LedgerFormat
from finance.models.order import PurchaseOrder
from finance.models.payment import Payment, Reversal
from finance.models.payment_file import (
    ImportedPayment,
    ImportedShare,
    PaymentFile,
    PaymentFileLayout,
)
from finance.models.statement_email import StatementEmail

__all__ = [
    "BillingProfile",
    "Charge",
    "ChargeTransition",
    "Contribution",
    "CreditNote",
    "Dispute",
    "DocumentSequence",
    "EInvoiceDelivery",
    "EventCost",
    "EvidenceFile",
    "ImportedPayment",
    "ImportedShare",
    "Invoice",
    "InvoiceLine",
    "InvoiceRun",
    "InvoiceRunState",
    "LedgerBatch",
    "LedgerCode",
    "LedgerColumn",
    "LedgerDownload",
    "LedgerEntry",
    "LedgerFormat",
    "LinksStopped",
    "MitigationCase",
    "Payment",
    "PaymentFile",
    "PaymentFileLayout",
    "PurchaseOrder",
    "Reversal",
    "StatementEmail",
    "VatRow",
]
