"""What an invoice run would issue, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from bookings.models import Charge, Invoice, InvoiceRun


@dataclass(frozen=True)
class Draft:
    """One agency's invoice to be; the total is before VAT."""

    agency: str
    count: int
    total: Decimal


def charges_of_run(run: InvoiceRun) -> QuerySet[Charge]:
    """Charges of its month that are ready and whose agency has no invoice of this run yet.

    Once released, only those that finance had decided by then: what comes later was not reviewed.
    """
    charges = Charge.objects.ready_to_invoice().of_month(run.month)
    charges = charges.exclude(agency__in=run.invoices.values("agency"))
    if run.released_at is not None:
        charges = charges.filter(decided_at__lte=run.released_at)
    return charges  # type: ignore[no-any-return]


def drafts_of(run: InvoiceRun) -> list[Draft]:
    """What the run would issue now, by agency. One query."""
    rows = (
        charges_of_run(run)
        .order_by("agency__name")
        .values_list("agency__name")
        .annotate(Count("pk"), Sum("amount"))
    )
    return [Draft(agency, count, total) for agency, count, total in rows]


def left_out(run: InvoiceRun) -> list[Draft]:
    """Charges of the month that wait for a purchase order, by agency. One query."""
    rows = (
        Charge.objects.awaiting_purchase_order()
        .of_month(run.month)
        .order_by("agency__name")
        .values_list("agency__name")
        .annotate(Count("pk"), Sum("amount"))
    )
    return [Draft(agency, count, total) for agency, count, total in rows]


def issued_in(run: InvoiceRun) -> QuerySet[Invoice]:
    """The run's invoices so far, without their PDFs."""
    return Invoice.objects.filter(run=run).defer("pdf").order_by("number")  # type: ignore[no-any-return]


def months_ready() -> list[tuple[date, int, Decimal]]:
    """Months that have charges ready to invoice: first day, number, total."""
    rows = (
        Charge.objects.ready_to_invoice()
        .order_by()
        .annotate(month=TruncMonth("arose_on"))
        .values_list("month")
        .annotate(Count("pk"), Sum("amount"))
        .order_by("-month")
    )
    return list(rows)


def agencies_ready() -> list[tuple[str, str, int, Decimal]]:
    """Agencies with charges to invoice: reference, name, number, total."""
    rows = (
        Charge.objects.ready_to_invoice()
        .order_by("agency__name")
        .values_list("agency__reference", "agency__name")
        .annotate(Count("pk"), Sum("amount"))
    )
    return list(rows)
