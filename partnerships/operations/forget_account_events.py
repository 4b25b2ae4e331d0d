"""Delete old account events."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from partnerships.models import AccountEvent

KEPT_FOR = timedelta(days=180)


@transaction.atomic
def forget_account_events(*, now: datetime) -> int:
    """Sweep: IP addresses and browsers are kept only while they help to find out what happened."""
    done: int
    done, _ = AccountEvent.objects.filter(at__lt=now - KEPT_FOR).delete()
    return done
