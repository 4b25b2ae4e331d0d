"""Who comes, and what is owed."""

from bookings.models.attendance import Attendance
from bookings.models.billing import BillingProfile, DocumentSequence, VatRow
from bookings.models.booking import Booking, BookingTransition
from bookings.models.charge import Charge, MitigationCase
from bookings.models.credit_note import CreditNote
from bookings.models.invoice import Invoice, InvoiceLine
from bookings.models.invoice_run import InvoiceRun, InvoiceRunState
from bookings.models.payment import Payment, Reversal
from bookings.models.policy import CancellationPolicy
from bookings.models.waiting import Offer, WaitingListEntry

__all__ = [
    "Attendance",
    "BillingProfile",
    "Booking",
    "BookingTransition",
    "CancellationPolicy",
    "Charge",
    "CreditNote",
    "DocumentSequence",
    "Invoice",
    "InvoiceLine",
    "InvoiceRun",
    "InvoiceRunState",
    "MitigationCase",
    "Offer",
    "Payment",
    "Reversal",
    "VatRow",
    "WaitingListEntry",
]
