"""An agency takes back a purchase order number that it gave for some of its charges."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from finance.models import PurchaseOrder
from finance.steps.hold_account import hold_account


@transaction.atomic
def withdraw_order_number(*, order: PurchaseOrder, at: datetime) -> PurchaseOrder:
    """Invoices that are issued from now on no longer use it. A second call changes nothing."""
    hold_account(order.agency)
    locked: PurchaseOrder = PurchaseOrder.objects.select_for_update(of=("self",)).get(pk=order.pk)
    if locked.withdrawn_at is None:
        locked.withdrawn_at = at
        locked.save()
    return locked
