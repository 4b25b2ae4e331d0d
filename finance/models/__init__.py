"""What is owed, and the documents that say so."""

from finance.models.billing import BillingProfile, DocumentSequence, VatRow
from finance.models.charge import Charge, MitigationCase
from finance.models.credit_note import CreditNote
from finance.models.einvoice_delivery import EInvoiceDelivery
from finance.models.invoice import Invoice, InvoiceLine
from finance.models.invoice_run import InvoiceRun, InvoiceRunState
from finance.models.ledger_batch import LedgerBatch, LedgerDownload, LedgerEntry
from finance.models.ledger_file import LedgerCode, LedgerColumn, LedgerFormat
from finance.models.payment import Payment, Reversal

__all__ = [
    "BillingProfile",
    "Charge",
    "CreditNote",
    "DocumentSequence",
    "EInvoiceDelivery",
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
    "MitigationCase",
    "Payment",
    "Reversal",
    "VatRow",
]
