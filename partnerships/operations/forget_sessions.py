"""Delete sessions that are over."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

# A session lasts twelve hours from when it was last written, so two days are past all doubt.
LONGEST_SESSION = timedelta(days=2)


@transaction.atomic
def forget_sessions(*, now: datetime) -> int:
    """Sweep: delete sessions that are over, and where they were."""
    over: int
    ended: int
    over, _ = (
        UserSession.objects.filter(created_at__lt=now - LONGEST_SESSION)
        .exclude(session_key__in=Session.objects.filter(expire_date__gte=now).values("session_key"))
        .delete()
    )
    ended, _ = Session.objects.filter(expire_date__lt=now).delete()
    return over + ended
