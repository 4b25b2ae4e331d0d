"""Try again once someone has fixed the cause of a failure."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from outbox.models import SetAside


@transaction.atomic
def try_again(*, work: QuerySet[SetAside], now: datetime) -> int:
    """Make the sweeps try these rows at their next turn, and return how many."""
    return work.update(try_again_at=now)
