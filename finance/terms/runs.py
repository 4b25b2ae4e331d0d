"""What an invoice run would issue."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from finance.models import Charge, InvoiceRun


@dataclass(frozen=True)
class Draft:
    """One agency's invoice to be; the total is before VAT."""

    reference: str
    agency: str
    count: int
    total: Decimal


def charges_of_run(run: InvoiceRun) -> QuerySet[Charge]:
    """Charges of its month that are ready and whose agency has no invoice of this run yet.

    Once released, only those that finance had decided on by then: later ones were not reviewed.
    """
    charges = Charge.objects.ready_to_invoice().of_month(run.month)
    charges = charges.exclude(agency__in=run.invoices.values("agency"))
    if run.released_at is not None:
        charges = charges.filter(decided_at__lte=run.released_at)
    return charges  # type: ignore[no-any-return]


def drafts_of(run: InvoiceRun) -> list[Draft]:
    """What the run would issue now, one invoice per agency: what operations.issue_next_of_run then does. One query."""
    return by_agency(charges_of_run(run))


def by_agency(charges: QuerySet[Charge]) -> list[Draft]:
    """Number and sum of charges for each agency, by name."""
    rows = charges.order_by("agency__name").values("agency__reference", "agency__name")
    return [
        Draft(
            reference=row["agency__reference"],
            agency=row["agency__name"],
            count=row["count"],
            total=row["total"],
        )
        for row in rows.annotate(count=Count("pk"), total=Sum("amount"))
    ]
