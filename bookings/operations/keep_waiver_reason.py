"""Add a reason to waive a charge to the partnership's list, or change one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from bookings.models import WaiverReason
from partnerships.rules.refused import refuse


@transaction.atomic
def keep_waiver_reason(*, reason: WaiverReason | None, said: Mapping[str, Any]) -> WaiverReason:
    """``said`` holds columns by name. A new reason comes last. Requests keep what they were told."""
    rows = WaiverReason.objects.select_for_update(of=("self",))
    row = WaiverReason() if reason is None else rows.get(pk=reason.pk)
    if WaiverReason.objects.filter(name=said["name"]).exclude(pk=row.pk).exists():
        raise refuse("name", "There is already a reason with this name.", "Choose another name.")
    for column, value in said.items():
        setattr(row, column, value)
    if reason is None:
        last = WaiverReason.objects.aggregate(last=Max("position"))["last"] or 0
        row.position = last + 1
    row.save()
    return row
