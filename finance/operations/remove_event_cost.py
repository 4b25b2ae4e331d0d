"""Remove a cost that was entered by mistake."""

from __future__ import annotations

from django.db import transaction

from finance.models import EventCost


@transaction.atomic
def remove_event_cost(*, cost: EventCost) -> None:
    """The history keeps who entered and who removed it. Removed twice is removed once."""
    EventCost.objects.filter(pk=cost.pk).delete()
