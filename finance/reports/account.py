"""An agency's account as its finance contact sees it: of a person no more than the name and the course."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from bookings.models import Booking
from bookings.rules.states import HOLDS_A_PLACE
from courses.models import Event
from finance.models import Charge, CreditNote, Dispute, Invoice, InvoiceLine, PurchaseOrder
from finance.reports.debt import InvoiceRow
from finance.rules.states import NOT_INVOICED
from finance.terms.debt import StandingInvoice, standing_invoices
from finance.terms.disputes import AgreedLine, open_dispute, with_agreed
from partnerships.models import Agency

ACCOUNT_COLUMNS: dict[str, Callable[[InvoiceRow], Any]] = {
    "number": lambda row: row.invoice.number,
    "issued_on": lambda row: row.invoice.issued_on,
    "due_on": lambda row: row.invoice.due_on,
    "purchase_order": lambda row: row.invoice.purchase_order,
    "net": lambda row: row.invoice.net,
    "vat": lambda row: row.invoice.vat,
    "gross": lambda row: row.invoice.gross,
    "credited": lambda row: row.invoice.credited,
    "paid": lambda row: row.invoice.paid,
    "owed": lambda row: row.invoice.owed,
    "held": lambda row: row.invoice.held,
    "state": lambda row: row.status.label,
}


def account_invoices(agency: Agency) -> QuerySet[StandingInvoice]:
    """Invoices to the agency, the newest first, with their credit notes and whether a line is disputed."""
    notes = Prefetch("credit_notes", CreditNote.objects.defer("pdf"))
    rows = standing_invoices().filter(agency=agency).annotate(is_disputed=open_dispute())
    found: QuerySet[StandingInvoice] = rows.prefetch_related(notes)
    return found.order_by("-issued_on", "-pk")


def account_lines(invoice: Invoice) -> QuerySet[AgreedLine]:
    """Lines of an invoice with what has been credited or agreed of each, and their disputes."""
    lines = with_agreed(InvoiceLine.objects.filter(invoice=invoice))
    return lines.prefetch_related(Prefetch("disputes", Dispute.objects.order_by("raised_at")))


def charges_to_come(agency: Agency) -> QuerySet[Charge]:
    """Charges that have not been invoiced, the newest first, each with the order number it would be invoiced under."""
    rows = Charge.objects.filter(agency=agency, state__in=sorted(NOT_INVOICED)).with_order()
    found: QuerySet[Charge] = rows.select_related(
        "agency", "booking__event__course", "booking__membership__user"
    )
    return found.order_by("-arose_on", "-pk")


def live_orders(agency: Agency) -> QuerySet[PurchaseOrder]:
    """The numbers that the agency has given for some of its charges, the newest first."""
    found: QuerySet[PurchaseOrder] = PurchaseOrder.objects.chosen_from().filter(agency=agency)
    return found.select_related("event__course", "given_by__user")


def events_to_order_for(agency: Agency, now: datetime) -> QuerySet[Event]:
    """Events that the agency may yet be invoiced for: with charges to come, or with places from now on."""
    charged = Charge.objects.filter(agency=agency, state__in=sorted(NOT_INVOICED)).order_by()
    booked = Booking.objects.filter(agency=agency, state__in=sorted(HOLDS_A_PLACE)).order_by()
    ahead = booked.filter(event__ends_at__gte=now)
    wanted = Q(pk__in=charged.values("booking__event")) | Q(pk__in=ahead.values("event"))
    found: QuerySet[Event] = Event.objects.filter(wanted).select_related("course")
    return found.order_by("-starts_at", "pk")
