"""Payment files and what has been decided about their payments."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from bookings.rules.money import NOTHING
from finance.models import ImportedPayment, ImportedShare, PaymentFile
from finance.rules.states import ImportState
from finance.terms.debt import StandingInvoice, standing_invoices


@dataclass(frozen=True)
class Heap:
    """The payments of a file in one state."""

    state: ImportState
    count: int = 0
    total: Decimal = NOTHING


def listed_files() -> QuerySet[PaymentFile]:
    """Files with how many payments they have, and how many wait to be reviewed or entered; the newest first."""
    return (  # type: ignore[no-any-return]
        PaymentFile.objects.defer("content")
        .select_related("uploaded_by__user")
        .annotate(
            rows=Count("payments"),
            to_review=Count("payments", filter=Q(payments__state=ImportState.TO_REVIEW)),
            accepted=Count("payments", filter=Q(payments__state=ImportState.ACCEPTED)),
            entered=Count("payments", filter=Q(payments__state=ImportState.ENTERED)),
        )
        .order_by("-uploaded_at", "-pk")
    )


def heaps_of(file: PaymentFile) -> dict[ImportState, Heap]:
    """What is in a file, by state. One query."""
    rows = ImportedPayment.objects.filter(file=file).order_by().values("state")
    sums = rows.annotate(count=Count("pk"), total=Sum("amount"))
    found = {
        row["state"]: Heap(ImportState(row["state"]), row["count"], row["total"]) for row in sums
    }
    return {state: found.get(state, Heap(state)) for state in ImportState}


def payments_of(file: PaymentFile, state: str = "") -> QuerySet[ImportedPayment]:
    """The payments of a file, or those in a state, with their shares, in the order of its rows. Two queries."""
    found = ImportedPayment.objects.filter(file=file).order_by("number")
    if state:
        found = found.filter(state=state)
    shares = ImportedShare.objects.select_related("invoice__agency").defer("invoice__pdf")
    return found.prefetch_related(Prefetch("shares", queryset=shares))  # type: ignore[no-any-return]


def sure_of(file: PaymentFile) -> QuerySet[ImportedPayment]:
    """Payments to review where words and amount agree."""
    return ImportedPayment.objects.filter(file=file, state=ImportState.TO_REVIEW, sure=True)  # type: ignore[no-any-return]


MOST_SHOWN = 60  # invoices that a payment could be for


def open_for(payment: ImportedPayment, agencies: set[int]) -> list[StandingInvoice]:
    """Invoices that the payment could be for: those of these agencies, or else of all, on which anything is open."""
    found = standing_invoices().select_related("agency")
    found = found.filter(balance__gt=0) if payment.amount > 0 else found.filter(balance__lt=0)
    if agencies:
        found = found.filter(agency__in=agencies)
    return list(found.order_by("agency__name", "due_on", "pk")[:MOST_SHOWN])
