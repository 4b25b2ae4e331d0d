"""Someone leaves an agency."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from partnerships.models import Employment


@transaction.atomic
def end_employment(*, employment: Employment, ends_on: date) -> Employment:
    """Set the last day. Bookings made through the agency stay with it, because it agreed to them."""
    locked: Employment = Employment.objects.select_for_update(of=("self",)).get(pk=employment.pk)
    locked.ends_on = ends_on
    locked.save()
    return locked
