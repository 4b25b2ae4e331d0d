"""Write one part of a draft of the charging policy."""

from __future__ import annotations

from django.db import transaction

from bookings.models import ChargingPolicy, NoticeException, PriceRow
from bookings.steps.hold_draft import hold_draft


@transaction.atomic
def change_draft(*, part: ChargingPolicy | NoticeException | PriceRow) -> None:
    """Save the draft's own answers, or one of its exceptions or prices, new or changed."""
    hold_draft(policy=part if isinstance(part, ChargingPolicy) else part.policy)
    part.save()
