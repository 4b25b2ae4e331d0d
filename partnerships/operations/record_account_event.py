"""Record what happened to an account."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnerships.models import AccountEvent, AccountEventKind, User


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
