"""What is owed, and the documents that say so."""

from finance.models.billing import BillingProfile, DocumentSequence, VatRow
from finance.models.charge import Charge, MitigationCase
from finance.models.costs import Contribution, EventCost
from finance.models.credit_note import CreditNote
from finance.models.invoice import Invoice, InvoiceLine
from finance.models.invoice_run import InvoiceRun, InvoiceRunState
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
    "Contribution",
    "CreditNote",
    "DocumentSequence",
    "EventCost",
    "ImportedPayment",
    "ImportedShare",
    "Invoice",
    "InvoiceLine",
    "InvoiceRun",
    "InvoiceRunState",
    "MitigationCase",
    "Payment",
    "PaymentFile",
    "PaymentFileLayout",
    "Reversal",
    "StatementEmail",
    "VatRow",
]
