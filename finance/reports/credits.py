"""Credit notes that the partnership has promised and not issued yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import BooleanField, Case, F, Q, Value, When
from django.utils import timezone

from bookings.rules.money import NOTHING
from bookings.rules.prices import ChargeKind
from bookings.rules.states import BookingState
from courses.rules.states import EventState
from finance.models import InvoiceLine
from finance.rules.invoicing import credit_note_by
from finance.terms.disputes import AgreedLine, agreed_left, with_agreed
from govuk.rules.phrases import short_date

# Late cancellations that were invoiced before the partnership cancelled the event itself (W32). If the policy waives
# them (see ``finance.terms.charges.charges_to_waive``), what has been invoiced has to be credited.
PROMISED = Q(
    charge__kind=ChargeKind.LATE_CANCELLATION,
    charge__booking__state=BookingState.LATE_CANCELLED,
    charge__booking__policy__keep_late_charge=False,
    charge__booking__event__state=EventState.CANCELLED,
)


@dataclass(frozen=True)
class CreditDue:
    """A line to credit: pounds still to credit, the day that was agreed, why, and the reason that the note gives."""

    line: InvoiceLine
    left: Decimal
    agreed_on: date
    why: str
    reason: str

    @property
    def issue_by(self) -> date:
        """The last day for the credit note."""
        return credit_note_by(self.agreed_on)


def credits_due() -> list[CreditDue]:
    """Lines that the policy or the answer to a dispute promises to credit, the most urgent first. One query.

    A granted request to waive a charge is credited at once, so it never appears here.
    """
    flag = Case(When(PROMISED, then=Value(True)), default=False, output_field=BooleanField())
    lines = with_agreed(InvoiceLine.objects.all()).filter(
        PROMISED | Q(agreed__gt=F("credited_since")), gross__gt=F("credited")
    )
    rows = lines.annotate(promised=flag).select_related("invoice", "charge__booking__event")
    found = [
        by_policy(line) if line.promised else by_answer(line) for line in rows.defer("invoice__pdf")
    ]
    urgent = sorted(found, key=lambda due: (due.agreed_on, due.line.pk))
    return [due for due in urgent if due.left > NOTHING]


def by_policy(line: AgreedLine) -> CreditDue:
    """The late cancellation fee of an event that the partnership cancelled: all that is left of it."""
    agreed_on = timezone.localdate(line.charge.booking.event.cancelled_at)
    why = (
        f"The partnership cancelled the event on {short_date(agreed_on)}, and its policy waives late cancellation fees"
        " in that case."
    )
    reason = "The partnership cancelled the event."
    return CreditDue(line, line.gross - line.credited, agreed_on, why, reason)


def by_answer(line: AgreedLine) -> CreditDue:
    """What finance agreed to credit when it answered a dispute."""
    agreed_on = timezone.localdate(line.agreed_at)
    why = f"The agency disputed it, and a credit was agreed on {short_date(agreed_on)}."
    return CreditDue(line, agreed_left(line), agreed_on, why, line.agreed_because)
