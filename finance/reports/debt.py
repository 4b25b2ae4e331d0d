"""The status of issued invoices: credited, paid, written off, still owed, held for the agency."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import (
    F,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import Coalesce, Greatest, TruncMonth

from bookings.rules.money import NOTHING
from finance.models import CreditNote, Invoice, InvoiceLine, Payment
from finance.rules.debt import Account, AgeBand, InvoiceStatus, age_band, invoice_status
from finance.terms.debt import (
    ZERO,
    Kind,
    StandingInvoice,
    holding,
    standing_invoices,
    total_of,
)
from partnerships.models import Agency
from partnerships.rules.months import last_of_month


def account_of(invoices: QuerySet[StandingInvoice]) -> Account:
    """What is owed on these invoices and what is held on them, in total. One query."""
    found = invoices.order_by().aggregate(
        owed=Coalesce(Sum(Greatest(F("balance"), ZERO)), ZERO),
        held=Coalesce(Sum(Greatest(-F("balance"), ZERO)), ZERO),
    )
    return Account(found["owed"], found["held"])


def status_on(invoice: StandingInvoice, today: date) -> InvoiceStatus:
    """The status of an annotated invoice on a day."""
    return invoice_status(
        invoice.gross,
        invoice.credited,
        invoice.paid,
        invoice.written_off,
        invoice.due_on,
        today,
    )


def with_status(wanted: InvoiceStatus, today: date) -> QuerySet[StandingInvoice]:
    """Invoices with this status: rules.debt.invoice_status as SQL. A test keeps the two in step."""
    found = standing_invoices()
    owed, cleared = found.filter(balance__gt=0), found.filter(balance=0)
    return {
        InvoiceStatus.OVERDUE: owed.filter(due_on__lt=today),
        InvoiceStatus.PART_PAID: owed.filter(due_on__gte=today, paid__gt=0),
        InvoiceStatus.OPEN: owed.filter(due_on__gte=today, paid__lte=0),
        InvoiceStatus.HELD: found.filter(balance__lt=0),
        InvoiceStatus.WRITTEN_OFF: cleared.filter(written_off__gt=0),
        InvoiceStatus.PAID: cleared.filter(written_off__lte=0).filter(
            Q(paid__gt=0) | Q(gross__lte=0)
        ),
        InvoiceStatus.CREDITED: cleared.filter(written_off__lte=0, paid__lte=0, gross__gt=0),
    }[wanted]


def lines_with_credit(invoice: Invoice) -> QuerySet[InvoiceLine]:
    """Lines of an invoice, with how much of each has been credited and what is left."""
    return (  # type: ignore[no-any-return]
        InvoiceLine.objects.filter(invoice=invoice)
        .annotate(credited=total_of(CreditNote.objects.all(), "line", F("gross")))
        .annotate(left=F("gross") - F("credited"))
    )


@dataclass(frozen=True)
class Movement:
    """An entry as one invoice's account sees it; ``effect`` is what it paid, in pounds, or below zero what it took."""

    entry: Payment
    effect: Decimal


def movements_of(invoice: Invoice) -> list[Movement]:
    """Every entry that moved money on an invoice's account, oldest first, reversed ones too. One query."""
    rows = Payment.objects.on(invoice).select_related(
        "entered_by__user", "reversal__made_by__user", "invoice", "taken_from"
    )
    found = []
    for entry in rows.defer("invoice__pdf", "taken_from__pdf"):
        went_out = entry.kind == Kind.REFUND or entry.taken_from_id == invoice.pk
        found.append(Movement(entry, -entry.amount if went_out else entry.amount))
    return found


def held_for(invoice: Invoice) -> list[StandingInvoice]:
    """Other invoices of the same agency on which money is held, oldest first."""
    return list(holding().filter(agency=invoice.agency_id).order_by("issued_on", "pk"))


@dataclass(frozen=True)
class Debtor:
    """One agency's debt, by how long it has been overdue, and what is held for it."""

    agency: Agency
    bands: dict[AgeBand, Decimal]
    held: Decimal

    @property
    def account(self) -> Account:
        return Account(sum(self.bands.values(), NOTHING), self.held)

    @property
    def in_order(self) -> list[Decimal]:
        """The amounts in the order of the bands."""
        return [self.bands[band] for band in AgeBand]


def aged_debt(today: date) -> list[Debtor]:
    """Every agency that owes something or that money is held for, by name. One query."""
    unsettled = standing_invoices().exclude(balance=0).select_related("agency")
    by_agency = groupby(
        unsettled.order_by("agency__name", "agency"), key=lambda invoice: invoice.agency
    )
    return [debtor(agency, list(invoices), today) for agency, invoices in by_agency]


def debtor(agency: Agency, invoices: list[StandingInvoice], today: date) -> Debtor:
    """What one agency owes, by age, and what is held for it."""
    bands = dict.fromkeys(AgeBand, NOTHING)
    for invoice in invoices:
        bands[age_band(invoice.due_on, today)] += invoice.owed
    return Debtor(agency, bands, sum((invoice.held for invoice in invoices), NOTHING))


@dataclass(frozen=True)
class InvoiceRow:
    """A row of the file of invoices."""

    invoice: StandingInvoice
    status: InvoiceStatus


INVOICE_COLUMNS: dict[str, Callable[[InvoiceRow], Any]] = {
    "number": lambda row: row.invoice.number,
    "agency": lambda row: row.invoice.customer_name,
    "issued_on": lambda row: row.invoice.issued_on,
    "due_on": lambda row: row.invoice.due_on,
    "purchase_order": lambda row: row.invoice.purchase_order,
    "net": lambda row: row.invoice.net,
    "vat": lambda row: row.invoice.vat,
    "gross": lambda row: row.invoice.gross,
    "credited": lambda row: row.invoice.credited,
    "paid": lambda row: row.invoice.paid,
    "written_off": lambda row: row.invoice.written_off,
    "owed": lambda row: row.invoice.owed,
    "held": lambda row: row.invoice.held,
    "state": lambda row: row.status.label,
}


def invoices_wanted(
    today: date, *, state: str = "", agency: str = "", month: date | None = None
) -> QuerySet[StandingInvoice]:
    """Invoices by any of three filters, the newest first."""
    found = with_status(InvoiceStatus(state), today) if state else standing_invoices()
    if agency:
        found = found.filter(agency__reference=agency)
    if month is not None:
        found = found.filter(issued_on__range=(month, last_of_month(month)))
    return found.select_related("agency")


def months_with_invoices() -> list[date]:
    """First days of the months in which invoices were issued, the newest first."""
    months = Invoice.objects.order_by().annotate(month=TruncMonth("issued_on"))
    return list(months.values_list("month", flat=True).distinct().order_by("-month"))
