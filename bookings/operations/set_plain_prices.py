"""Write the plain prices of a draft at once: one for each kind of charge and payer class."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from bookings.models import ChargingPolicy, PriceRow
from bookings.rules.plain_prices import Cell, PlainPrice, is_plain, plain_clause
from bookings.steps.hold_draft import hold_draft
from bookings.terms.policies import price_rows
from partnerships.models import PayerClass


@transaction.atomic
def set_plain_prices(*, policy: ChargingPolicy, prices: Mapping[Cell, PlainPrice | None]) -> None:
    """Set, change or remove the price of each cell. A price that stays the same keeps its sentence.

    Prices that say more (a length, a tier, a course) stay as they are.
    """
    held = hold_draft(policy=policy)
    classes = {one.code: one for one in PayerClass.objects.all()}
    rows = {
        (row.kind, row.payer_class.code if row.payer_class else ""): row
        for row in price_rows(held.pk)
        if is_plain(row.as_rule())
    }
    for cell, price in prices.items():
        row = rows.get(cell)
        if price is None:
            if row is not None:
                row.delete()
        elif row is None or (row.outcome, row.amount) != price:
            kind, code = cell
            payer = classes.get(code)
            row = row or PriceRow(policy=held, kind=kind, payer_class=payer)
            row.outcome, row.amount = price
            row.clause = plain_clause(kind, payer.name if payer else "", price)
            row.save()
