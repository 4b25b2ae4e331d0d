"""Keep what happened to an account, for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from partnerships.models import AccountEvent, AccountEventKind, User

KEPT_FOR = timedelta(days=180)
# A session lasts twelve hours from when it was last written, so two days are past all doubt.
LONGEST_SESSION = timedelta(days=2)


@transaction.atomic
def record_account_event(
    *,
    user: User,
    kind: AccountEventKind,
    at: datetime,
    network_address: str | None = None,
    browser: str = "",
    detail: str = "",
) -> AccountEvent:
    """One line of the account's history. ``detail`` names an address or a kind of second step, never a secret."""
    return AccountEvent.objects.create(
        user=user,
        kind=kind,
        at=at,
        network_address=network_address,
        browser=browser[:200],
        detail=detail[:300],
    )


@transaction.atomic
def forget_account_events(now: datetime) -> int:
    """Sweep: network addresses and browsers are kept for as long as they help to find out what happened."""
    done: int
    done, _ = AccountEvent.objects.filter(at__lt=now - KEPT_FOR).delete()
    return done


@transaction.atomic
def forget_sessions(now: datetime) -> int:
    """Sweep: sessions that are over, and where they were."""
    over: int
    ended: int
    over, _ = (
        UserSession.objects.filter(created_at__lt=now - LONGEST_SESSION)
        .exclude(session_key__in=Session.objects.filter(expire_date__gte=now).values("session_key"))
        .delete()
    )
    ended, _ = Session.objects.filter(expire_date__lt=now).delete()
    return over + ended
