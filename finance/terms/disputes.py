"""What agencies do not agree with: invoices under dispute, and credits that were agreed and not issued yet."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from bookings.rules.money import NOTHING
from finance.models import CreditNote, Dispute, InvoiceLine
from finance.rules.disputes import DisputeState, still_to_credit
from finance.terms.debt import ZERO, total_of

AgreedLine = Any  # an InvoiceLine with the columns of with_agreed, which types cannot say


def open_dispute() -> Exists:
    """Whether any line of an invoice has an open dispute, inside a query of invoices."""
    return Exists(Dispute.objects.to_answer().filter(line__invoice=OuterRef("pk")))


def with_agreed(lines: QuerySet[InvoiceLine]) -> QuerySet[AgreedLine]:
    """Lines with what has been credited, and what was agreed in the last dispute that led to a credit.

    No line is disputed again before an agreed credit is issued, so only the last one can still be due.
    """
    last = Dispute.objects.filter(line=OuterRef("pk"), state=DisputeState.REDUCED)
    last = last.order_by("-answered_at", "-pk")
    since = CreditNote.objects.filter(line=OuterRef("pk"), issued_at__gte=OuterRef("agreed_at"))
    total = since.order_by().values("line").annotate(total=Sum("gross")).values("total")
    return lines.annotate(
        credited=total_of(CreditNote.objects.all(), "line", F("gross")),
        agreed=Subquery(last.values("agreed")[:1]),
        agreed_at=Subquery(last.values("answered_at")[:1]),
        agreed_because=Subquery(last.values("answer")[:1]),
    ).annotate(credited_since=Coalesce(Subquery(total), ZERO))


def agreed_left(line: AgreedLine) -> Decimal:
    """Pounds that were agreed in a dispute about the line and have no credit note yet."""
    agreed = line.agreed or NOTHING
    return still_to_credit(agreed, line.credited_since, line.gross - line.credited)
