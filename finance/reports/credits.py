"""Credit notes that the partnership has promised and not issued yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from bookings.rules.prices import ChargeKind
from bookings.rules.states import BookingState
from courses.rules.states import EventState
from finance.models import CreditNote, InvoiceLine
from finance.rules.invoicing import credit_note_by
from finance.terms.debt import total_of


@dataclass(frozen=True)
class CreditDue:
    """A line to credit: pounds left on it, the day the reduction was agreed, the last day for the credit note."""

    line: InvoiceLine
    left: Decimal
    agreed_on: date
    issue_by: date


def lines_to_credit() -> QuerySet[Any]:
    """Late cancellations that were invoiced before the partnership cancelled the event itself (W32).

    If the policy waives them (see ``finance.terms.charges.charges_to_waive``), what has been invoiced has to be
    credited. A granted request is credited at once, so it never appears here.
    """
    promised = InvoiceLine.objects.filter(
        charge__kind=ChargeKind.LATE_CANCELLATION,
        charge__booking__state=BookingState.LATE_CANCELLED,
        charge__booking__policy__keep_late_charge=False,
        charge__booking__event__state=EventState.CANCELLED,
    )
    credited = total_of(CreditNote.objects.all(), "line", F("gross"))
    return promised.annotate(credited=credited).filter(gross__gt=F("credited"))  # type: ignore[no-any-return]


def credits_due() -> list[CreditDue]:
    """Those lines, the most urgent first. One query."""
    rows = lines_to_credit().select_related("invoice", "charge__booking__event")
    found = []
    for line in rows.defer("invoice__pdf").order_by("charge__booking__event__cancelled_at", "pk"):
        agreed_on = timezone.localdate(line.charge.booking.event.cancelled_at)
        found.append(
            CreditDue(line, line.gross - line.credited, agreed_on, credit_note_by(agreed_on))
        )
    return found
