"""What an invoice run would issue."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from finance.models import Charge, InvoiceRun


@dataclass(frozen=True)
class Draft:
    """An invoice to be, to one agency under one order number; the total is before VAT."""

    reference: str
    agency: str
    order: str
    count: int
    total: Decimal


def of_run(charges: QuerySet[Charge], run: InvoiceRun) -> QuerySet[Charge]:
    """Those that a run is about: of its month, or of its event."""
    if run.month is None:
        return charges.filter(booking__event=run.event_id)
    return charges.of_month(run.month)  # type: ignore[attr-defined, no-any-return]


def charges_of_run(run: InvoiceRun) -> QuerySet[Charge]:
    """Charges of its month or event that are ready and have no invoice to their agency and order in this run yet.

    Once released, only those that finance had decided on by then: later ones were not reviewed.
    """
    charges = of_run(Charge.objects.ready_to_invoice(), run)
    same_order = run.invoices.filter(
        agency=OuterRef("agency"), purchase_order=OuterRef("order_number")
    )
    # The order is looked up only for agencies that have an invoice: for all the others, the first half says enough.
    done = Q(agency__in=run.invoices.values("agency")) & Exists(same_order)
    charges = charges.filter(~done)
    if run.released_at is not None:
        charges = charges.filter(decided_at__lte=run.released_at)
    return charges


def drafts_of(run: InvoiceRun) -> list[Draft]:
    """What the run would issue now, one invoice per agency and order: what operations.issue_next_of_run then does.

    One query.
    """
    return by_agency(charges_of_run(run))


def by_agency(charges: QuerySet[Charge]) -> list[Draft]:
    """Number and sum of charges for each agency and order number, by name."""
    with_order = charges.with_order()  # type: ignore[attr-defined]
    rows = with_order.order_by("agency__name", "order_number").values(
        "agency__reference", "agency__name", "order_number"
    )
    return [
        Draft(
            reference=row["agency__reference"],
            agency=row["agency__name"],
            order=row["order_number"],
            count=row["count"],
            total=row["total"],
        )
        for row in rows.annotate(count=Count("pk"), total=Sum("amount"))
    ]
