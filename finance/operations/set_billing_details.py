"""Record what an agency's invoices need: addresses and an order number."""

from __future__ import annotations

from django.db import transaction

from partnerships.models import Agency
from partnerships.rules.electronic_addresses import ElectronicAddress


@transaction.atomic
def set_billing_details(
    *,
    agency: Agency,
    address: str,
    postcode: str,
    finance_email: str,
    purchase_order: str,
    purchase_order_required: bool,
    electronic: ElectronicAddress | None = None,
) -> Agency:
    """Applies to invoices from now on. Issued ones stay as they are."""
    locked: Agency = Agency.objects.select_for_update().get(pk=agency.pk)
    locked.address, locked.postcode = address.strip(), postcode.strip()
    locked.finance_email = finance_email
    locked.purchase_order = purchase_order.strip()
    locked.purchase_order_required = purchase_order_required
    locked.electronic_scheme = electronic.scheme if electronic else ""
    locked.electronic_address = electronic.identifier if electronic else ""
    locked.save()
    return locked
