"""Record what an agency's invoices need: addresses and an order number."""

from __future__ import annotations

from django.db import transaction

from finance.rules.ledger_files import KnownAs, formula_reasons
from partnerships.models import Agency
from partnerships.rules.order_numbers import order_number_reasons
from partnerships.rules.refused import Refused


@transaction.atomic
def set_billing_details(
    *,
    agency: Agency,
    address: str,
    postcode: str,
    finance_email: str,
    purchase_order: str,
    purchase_order_required: bool,
    known_as: KnownAs,
) -> Agency:
    """Applies to invoices from now on. Issued ones stay as they are."""
    number = purchase_order.strip()
    obstacles = (
        *(order_number_reasons(number) if number else ()),
        *formula_reasons("ledger_code", "A code", known_as.ledger_code),
    )
    if obstacles:
        raise Refused(*obstacles)
    locked: Agency = Agency.objects.select_for_update().get(pk=agency.pk)
    locked.address, locked.postcode = address.strip(), postcode.strip()
    locked.finance_email = finance_email
    locked.purchase_order = number
    locked.purchase_order_required = purchase_order_required
    electronic = known_as.electronic
    locked.electronic_scheme = electronic.scheme if electronic else ""
    locked.electronic_address = electronic.identifier if electronic else ""
    locked.ledger_code = known_as.ledger_code
    locked.save()
    return locked
