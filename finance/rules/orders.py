"""Which of an agency's purchase order numbers is printed on an invoice.

Some payers refuse an invoice without one (docs/domain/rules.md, invoices). An agency gives one for everything, for the
charges of a period, or for one event, and the most specific counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from govuk.rules.choice import Choice
from govuk.rules.phrases import short_date
from partnerships.rules.reasons import Kind, Reason


class OrderScope(Choice):
    """Which charges of an agency a purchase order number is for."""

    EVENT = "event", "One event"
    PERIOD = "period", "The charges of a period"
    STANDING = "standing", "Everything from now on"


@dataclass(frozen=True)
class Order:
    """A number for the charges of one event, or for those from ``first`` to ``last``, both included."""

    number: str
    event: int | None = None
    first: date = date.min
    last: date = date.max

    def is_for(self, event: int, day: date) -> bool:
        """Whether it covers a charge for an event that arose on a day."""
        if self.event is not None:
            return self.event == event
        return self.first <= day <= self.last


def order_for(event: int, day: date, orders: Iterable[Order], standing: str) -> str:
    """The number for a charge: that of its event, else of the period it arose in, else the standing one.

    Empty if the agency has given none that fits. ``finance.models.charge.order_number_sql`` is the same as SQL.
    """
    fitting = [order for order in orders if order.is_for(event, day)]
    fitting.sort(key=lambda order: order.event is None)
    return fitting[0].number if fitting else standing


def period_reasons(first: date, last: date, others: Iterable[Order]) -> tuple[Reason, ...]:
    """Why a number cannot be for these days. ``others`` are the agency's numbers for other periods."""
    if last < first:
        return (Reason(Kind.BLOCKS, "last", "The last day must be on or after the first."),)
    for other in others:
        if other.event is None and other.first <= last and first <= other.last:
            days = f"{short_date(other.first)} to {short_date(other.last)}"
            sentence = f"Order number {other.number} is already for {days}, which overlaps."
            step = "Choose other days, or withdraw that number first."
            return (Reason(Kind.BLOCKS, "first", sentence, step),)
    return ()
