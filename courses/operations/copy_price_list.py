"""Start a new price list from one that can no longer change."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from courses.models import PriceList, PriceRow


@transaction.atomic
def copy_price_list(*, price_list: PriceList, valid_from: date) -> PriceList:
    """A list of its own with the same lines; the original keeps its bookings."""
    made: PriceList = PriceList.objects.create(
        name=f"{price_list.name} (copy)"[:100],
        valid_from=valid_from,
        is_example=price_list.is_example,
    )
    rows = list(price_list.rows.all())
    for row in rows:
        row.pk, row.price_list = None, made
        row._state.adding = True
    PriceRow.objects.bulk_create(rows)
    return made
