"""Which purchase order number an invoice to an agency shows."""

from __future__ import annotations

from collections.abc import Iterable

from finance.models import Charge, PurchaseOrder
from finance.rules.orders import Order, order_for
from partnerships.models import Agency


def orders_of(agency: Agency) -> list[Order]:
    """The live numbers that an agency has given for some of its charges. One query."""
    rows = PurchaseOrder.objects.chosen_from().filter(agency=agency)
    return [row.as_rule() for row in rows]


def numbers_for(agency: Agency, charges: Iterable[Charge]) -> list[str]:
    """The different numbers that these charges would be invoiced under; an empty one if none has been given."""
    orders, standing = orders_of(agency), agency.purchase_order
    found = {
        order_for(charge.booking.event_id, charge.arose_on, orders, standing) for charge in charges
    }
    return sorted(found)
