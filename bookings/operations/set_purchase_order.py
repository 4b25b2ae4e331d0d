"""Note the order number that an agency gives, so that its charges can be invoiced."""

from __future__ import annotations

from django.db import transaction

from partnerships.models import Agency


@transaction.atomic
def set_purchase_order(*, agency: Agency, number: str, required: bool) -> Agency:
    """Printed on invoices from now on; issued ones stay as they are."""
    locked: Agency = Agency.objects.select_for_update().get(pk=agency.pk)
    locked.purchase_order, locked.purchase_order_required = number.strip(), required
    locked.save()
    return locked
