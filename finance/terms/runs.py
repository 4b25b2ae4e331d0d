"""What an invoice run would issue."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from finance.models import Charge, InvoiceRun


@dataclass(frozen=True)
class Draft:
    """An invoice to be, to one agency under one order number; the total is before VAT.

    ``apart``: it has what is outside the scope of VAT, because the e-invoice cannot have it with the rest.
    """

    reference: str
    agency: str
    order: str
    apart: bool
    count: int
    total: Decimal


def of_run(charges: QuerySet[Charge], run: InvoiceRun) -> QuerySet[Charge]:
    """Those that a run is about: of its month, or of its event."""
    if run.month is None:
        return charges.filter(booking__event=run.event_id)
    return charges.of_month(run.month)  # type: ignore[attr-defined, no-any-return]


def charges_of_run(run: InvoiceRun) -> QuerySet[Charge]:
    """Charges of its month or event that are ready and whose invoice has not been issued in this run yet.

    Once released, only those that finance had decided on by then: later ones were not reviewed.
    """
    charges = of_run(Charge.objects.ready_to_invoice(), run)
    same_invoice = run.invoices.filter(
        agency=OuterRef("agency"),
        purchase_order=OuterRef("order_number"),
        billed_apart=OuterRef("billed_apart"),
    )
    # The order is looked up only for agencies that have an invoice: for all the others, the first half says enough.
    done = Q(agency__in=run.invoices.values("agency")) & Exists(same_invoice)
    charges = charges.filter(~done)
    if run.released_at is not None:
        charges = charges.filter(decided_at__lte=run.released_at)
    return charges


def drafts_of(run: InvoiceRun) -> list[Draft]:
    """What the run would issue now, invoice by invoice: what operations.issue_next_of_run then does. One query."""
    return by_agency(charges_of_run(run))


def by_agency(charges: QuerySet[Charge]) -> list[Draft]:
    """Number and sum of charges for each invoice that they need, by agency and order number."""
    apart = charges.by_invoice()  # type: ignore[attr-defined]
    rows = apart.order_by("agency__name", "order_number", "billed_apart").values(
        "agency__reference", "agency__name", "order_number", "billed_apart"
    )
    return [
        Draft(
            reference=row["agency__reference"],
            agency=row["agency__name"],
            order=row["order_number"],
            apart=row["billed_apart"],
            count=row["count"],
            total=row["total"],
        )
        for row in rows.annotate(count=Count("pk"), total=Sum("amount"))
    ]
