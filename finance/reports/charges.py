"""Charges as finance sees them: what waits, filtered lists, and a file of all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Sum, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import TruncMonth
from django.utils import timezone

from bookings.rules.money import NOTHING
from bookings.rules.prices import ChargeKind
from finance.models import Charge, Dispute, ImportedPayment, MitigationCase
from finance.reports.review import flags_of, review_order, with_flag, with_review
from finance.rules.states import UNDECIDED, WAITING, ChargeState, ImportState, MitigationState
from finance.terms.debt import holding, overdue
from partnerships.models import Agency

CHARGE_COLUMNS: dict[str, Callable[[Charge], Any]] = {
    "charge": lambda charge: charge.pk,
    "booking": lambda charge: charge.booking.reference,
    "course": lambda charge: charge.booking.event.course.title,
    "event": lambda charge: charge.booking.event.reference,
    "name": lambda charge: str(charge.booking.membership),
    "agency": lambda charge: charge.agency.name,
    "kind": lambda charge: ChargeKind(charge.kind).label,
    "state": lambda charge: ChargeState(charge.state).label,
    "amount": lambda charge: charge.amount,
    "arose_on": lambda charge: charge.arose_on,
    "clause": lambda charge: charge.why.clause,
    "decision": lambda charge: charge.decision_reason,
    "invoice": lambda charge: charge.invoice_number,
    "event_date": lambda charge: timezone.localdate(charge.booking.event.starts_at),
    "arithmetic": lambda charge: " ".join(charge.why.steps),
    "extra_costs": lambda charge: "; ".join(charge.extra_costs),
    "look_at": lambda charge: "; ".join(flag.label for flag in flags_of(charge)),
}


@dataclass(frozen=True)
class Waiting:
    """One kind of thing that waits for finance: how many, and the total in pounds."""

    count: int
    total: Decimal


def with_charge_details(charges: QuerySet[Charge]) -> QuerySet[Charge]:
    """Charges with what lists say about them, in one query."""
    with_order: QuerySet[Charge] = charges.with_order()  # type: ignore[attr-defined]
    return with_order.select_related(
        "agency", "booking__event__course", "booking__membership__user", "invoice_line__invoice"
    ).defer("invoice_line__invoice__pdf")


def charges_wanted(
    *,
    state: str = "",
    agency: str = "",
    event: str = "",
    month: date | None = None,
    kind: str = "",
    flag: str = "",
    by_event: bool = False,
) -> QuerySet[Charge]:
    """Charges by any of six filters, in the order in which finance reviews them."""
    found = with_review(with_charge_details(Charge.objects.all()))
    wanted = {"agency__reference": agency, "booking__event__reference": event, "kind": kind}
    found = found.filter(**{field: value for field, value in wanted.items() if value})
    if state:
        found = found.filter(state__in=sorted(UNDECIDED) if state == WAITING[0] else [state])
    if flag:
        found = with_flag(found, flag)
    if month is not None:
        found = found.of_month(month)  # type: ignore[attr-defined]
    return review_order(found, by_event=by_event)


def months_with_charges() -> list[date]:
    """First days of the months in which charges arose, the newest first."""
    months = Charge.objects.order_by().annotate(month=TruncMonth("arose_on"))
    return list(months.values_list("month", flat=True).distinct().order_by("-month"))


def agencies_with_charges() -> QuerySet[Agency]:
    charged = Charge.objects.order_by().values("agency")
    return Agency.objects.filter(pk__in=charged).order_by("name")  # type: ignore[no-any-return]


def what_waits(today: date) -> dict[str, Waiting]:
    """The numbers of the finance page, by name. One query."""
    charges, cases = Charge.objects, MitigationCase.objects.filter(state=MitigationState.OPEN)
    imported = ImportedPayment.objects
    first, *others = (
        totals("to_review", charges.filter(state=ChargeState.TO_REVIEW), F("amount")),
        totals("needs_decision", charges.filter(state=ChargeState.NEEDS_DECISION), F("amount")),
        totals("cases", cases, F("charge__amount")),
        totals("disputes", Dispute.objects.to_answer(), F("line__gross")),
        totals("ready", charges.ready_to_invoice(), F("amount")),
        totals("awaiting_order", charges.awaiting_purchase_order(), F("amount")),
        totals("without_address", charges.without_address(), F("amount")),
        totals("overdue", overdue(today), F("balance")),
        totals("held", holding(), -F("balance")),
        totals("payments", imported.filter(state=ImportState.TO_REVIEW), F("amount")),
    )
    found = first.union(*others, all=True)
    return {row["what"]: Waiting(row["number"], row["total"] or NOTHING) for row in found}


def totals(what: str, rows: QuerySet[Any], amount: F | CombinedExpression) -> QuerySet[Any, Any]:
    """Number of rows and sum of an amount, as one row under a name."""
    named = rows.order_by().annotate(what=Value(what)).values("what")
    return named.annotate(number=Count("pk"), total=Sum(amount))  # type: ignore[no-any-return]
