"""The lists that a new partnership starts with: payer classes, sectors and areas, and those that later apps add.

It can change all of them.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from partnerships.models import Area, PayerClass, Sector
from partnerships.rules.agencies import UsualArea, UsualPayerClass, UsualSector


@transaction.atomic(savepoint=False)  # part of the operation around it
def start_lists() -> None:
    """The usual entries, in their usual order. The settings name what later apps start with."""
    for model, usual in (
        (PayerClass, UsualPayerClass),
        (Sector, UsualSector),
        (Area, UsualArea),
    ):
        model.objects.bulk_create(
            model(code=one.value, name=one.label, position=position)
            for position, one in enumerate(usual, 1)
        )
    for path in settings.STARTING_LISTS:
        import_string(path)()
