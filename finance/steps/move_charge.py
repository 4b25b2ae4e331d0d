"""The one place where finance changes a charge's state, so that every change has its line of history."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from finance.models import Charge, ChargeTransition
from finance.rules.states import ChargeState
from partnerships.models import Membership


@transaction.atomic(savepoint=False)  # part of the operation around it: both fail together
def move_charge(
    charge: Charge,
    to: ChargeState,
    *,
    at: datetime,
    by: Membership | None,
    why: str = "",
    entry_key: UUID | None = None,
) -> None:
    """Save the charge in its new state, with anything else the caller changed on it, and write who, when and why."""
    before, charge.state = charge.state, to
    charge.save()
    ChargeTransition.objects.create(
        charge=charge,
        from_state=before,
        to_state=to,
        amount=charge.amount,
        at=at,
        by=by,
        why=why[:300],
        entry_key=entry_key,
    )
