"""Charges as finance looks at them: what waits, what was asked for, one file of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from bookings.models import Charge, MitigationCase
from bookings.reports.debt import overdue
from bookings.rules.money import NOTHING
from bookings.rules.states import ChargeKind, ChargeState, MitigationState
from partnerships.models import Agency

CHARGE_COLUMNS = (
    *("charge", "booking", "course", "event", "name", "agency"),
    *("kind", "state", "amount", "arose_on", "clause", "decision", "invoice"),
)


@dataclass(frozen=True)
class Waiting:
    """One kind of thing that waits for finance: how many, and how much where that is known."""

    count: int
    total: Decimal | None = None


def with_details(charges: QuerySet[Charge]) -> QuerySet[Charge]:
    """Charges with what a list says of them, in one query."""
    return charges.select_related(
        "agency", "booking__event__course", "booking__membership__user", "invoice_line__invoice"
    ).defer("invoice_line__invoice__pdf")


def charges_wanted(
    *,
    state: str = "",
    agency: str = "",
    month: date | None = None,
    kind: str = "",
    order_awaited: bool = False,
) -> QuerySet[Charge]:
    """Charges by any of five filters, the newest first."""
    found: QuerySet[Charge] = with_details(Charge.objects.all())
    wanted = {"state": state, "agency__reference": agency, "kind": kind}
    found = found.filter(**{field: value for field, value in wanted.items() if value})
    if order_awaited:
        found = found.awaiting_purchase_order()  # type: ignore[attr-defined]
    return found if month is None else found.of_month(month)  # type: ignore[attr-defined]


def months_with_charges() -> list[date]:
    """First days of the months in which charges arose, the newest first."""
    months = Charge.objects.order_by().annotate(month=TruncMonth("arose_on"))
    return list(months.values_list("month", flat=True).distinct().order_by("-month"))


def agencies_with_charges() -> QuerySet[Agency]:
    """Agencies that finance deals with, by name."""
    charged = Charge.objects.order_by().values("agency")
    return Agency.objects.filter(pk__in=charged).order_by("name")  # type: ignore[no-any-return]


def what_waits(today: date) -> dict[str, Waiting]:
    """The numbers of the finance page. Five queries."""
    undecided = Charge.objects.aggregate(
        review=Count("pk", filter=Q(state=ChargeState.TO_REVIEW)),
        review_total=Sum("amount", filter=Q(state=ChargeState.TO_REVIEW)),
        decision=Count("pk", filter=Q(state=ChargeState.NEEDS_DECISION)),
    )
    cases = MitigationCase.objects.filter(state=MitigationState.OPEN).count()
    return {
        "to_review": Waiting(undecided["review"], undecided["review_total"] or NOTHING),
        "needs_decision": Waiting(undecided["decision"]),
        "cases": Waiting(cases),
        "ready": counted(Charge.objects.ready_to_invoice(), "amount"),
        "awaiting_order": counted(Charge.objects.awaiting_purchase_order(), "amount"),
        "overdue": counted(overdue(today), "balance"),
    }


def counted(rows: QuerySet[Any], column: str) -> Waiting:
    """Number and sum of a column."""
    found = rows.order_by().aggregate(number=Count("pk"), total=Coalesce(Sum(column), NOTHING))
    return Waiting(found["number"], found["total"])


def charge_rows(charges: QuerySet[Charge]) -> Iterator[list[Any]]:
    """Rows of ``charges.csv``; columns are ``CHARGE_COLUMNS``."""
    for charge in charges.iterator(chunk_size=500):
        booking, line = charge.booking, getattr(charge, "invoice_line", None)
        yield [
            charge.pk,
            booking.reference,
            booking.event.course.title,
            booking.event.reference,
            str(booking.membership),
            charge.agency.name,
            ChargeKind(charge.kind).label,
            ChargeState(charge.state).label,
            charge.amount,
            charge.arose_on.isoformat(),
            charge.why.clause,
            charge.decision_reason,
            line.invoice.number if line else "",
        ]
