"""Take a price or an exception out of a draft of the charging policy."""

from __future__ import annotations

from django.db import transaction

from bookings.models import NoticeException, PriceRow, RegisterException
from bookings.steps.hold_draft import hold_draft


@transaction.atomic
def remove_from_draft(*, part: NoticeException | RegisterException | PriceRow) -> None:
    """Delete it; the history keeps it. One that is gone already stays gone."""
    hold_draft(policy=part.policy)
    type(part).objects.filter(pk=part.pk).delete()
