"""The lists that a new partnership starts with: payer classes, sectors and areas. It can change all of them."""

from __future__ import annotations

from django.db import transaction

from partnerships.models import Area, PayerClass, Sector
from partnerships.rules.agencies import UsualArea, UsualPayerClass, UsualSector


@transaction.atomic(savepoint=False)  # part of the operation around it
def start_lists() -> None:
    """The usual entries, in their usual order."""
    for model, usual in (
        (PayerClass, UsualPayerClass),
        (Sector, UsualSector),
        (Area, UsualArea),
    ):
        model.objects.bulk_create(
            model(code=one.value, name=one.label, position=position)
            for position, one in enumerate(usual, 1)
        )
