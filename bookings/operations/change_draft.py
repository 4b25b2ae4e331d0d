"""Write one part of a draft of the charging policy."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from bookings.models import ChargingPolicy, NoticeException, PriceRow, RegisterException
from bookings.steps.hold_draft import hold_draft


@transaction.atomic
def change_draft(
    *,
    part: ChargingPolicy | NoticeException | RegisterException | PriceRow,
    answered: Iterable[str],
) -> None:
    """Save the draft's own answers, or one of its exceptions or prices, new or changed.

    Only the columns that were ``answered`` are written, so that two people can answer different parts at once.
    """
    hold_draft(policy=part if isinstance(part, ChargingPolicy) else part.policy)
    part.save(update_fields=None if part.pk is None else [*answered])
