"""An agency gives the purchase order number that it wants on invoices."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from courses.models import Event
from finance.access import Contact
from finance.models import PurchaseOrder
from finance.rules.orders import OrderScope, period_reasons
from finance.steps.hold_account import hold_account
from partnerships.models import Agency
from partnerships.rules.order_numbers import order_number_reasons
from partnerships.rules.refused import Refused


@transaction.atomic
def give_order_number(
    *,
    number: str,
    by: Contact,
    at: datetime,
    event: Event | None = None,
    period: tuple[date, date] | None = None,
) -> PurchaseOrder:
    """For an event, for the charges of a period (first and last day), or for everything from now on.

    A number for the same thing replaces the one before. Applies to invoices that are issued from now on. Giving the
    same number twice changes nothing.
    """
    obstacles = order_number_reasons(number)
    if obstacles:
        raise Refused(*obstacles)
    agency = hold_account(by.agency)
    live = PurchaseOrder.objects.live().filter(agency=agency)
    scope, first, last = OrderScope.STANDING, None, None
    if event is not None:
        scope = OrderScope.EVENT
    elif period is not None:
        scope, (first, last) = OrderScope.PERIOD, period
        refuse_if_overlapping(live, first, last)
    same = live.filter(scope=scope, event=event, first_day=first, last_day=last)
    before: PurchaseOrder | None = same.first()
    if before is not None and before.number == number and is_in_force(before, agency):
        return before
    same.update(withdrawn_at=at)
    if scope is OrderScope.STANDING:
        agency.purchase_order = number
        agency.save()
    made: PurchaseOrder = PurchaseOrder.objects.create(
        agency=agency,
        scope=scope,
        event=event,
        first_day=first,
        last_day=last,
        number=number,
        given_by=by.membership,
        given_email=by.email,
        given_at=at,
    )
    return made


def refuse_if_overlapping(live: QuerySet[PurchaseOrder], first: date, last: date) -> None:
    """Refuse days that come in the wrong order, or some of which have a number already; the same days may change it."""
    others = live.filter(scope=OrderScope.PERIOD).exclude(first_day=first, last_day=last)
    obstacles = period_reasons(first, last, [other.as_rule() for other in others])
    if obstacles:
        raise Refused(*obstacles)


def is_in_force(order: PurchaseOrder, agency: Agency) -> bool:
    """Whether invoices use it. Finance may have entered another standing number since."""
    return order.scope != OrderScope.STANDING or agency.purchase_order == order.number
