"""Somebody has mended what kept a piece of work from being done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from outbox.models import SetAside


@transaction.atomic
def try_again(*, work: QuerySet[SetAside], now: datetime) -> int:
    """Have the sweeps take these rows up at their next turn; tells how many."""
    return work.update(try_again_at=now)
