"""Accept reviewed charges as the rule made them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from bookings.rules.money import NOTHING
from finance.models import Charge
from finance.rules.states import ChargeState
from finance.steps.move_charge import move_charge
from partnerships.models import Membership
from partnerships.rules.refused import refuse


@transaction.atomic
def approve_charges(
    *,
    charges: Iterable[int],
    by: Membership,
    at: datetime,
    shown: Decimal | None = None,
    entry_key: UUID | None = None,
) -> list[Charge]:
    """Accept reviewed charges as the rule made them, by id; returns those that this form has approved.

    Those that have been decided in the meantime, or need a decision first, are left as they are. If the button
    named a total (``shown``), all of them are approved or none. The same form sent twice (``entry_key``) approves
    once and says the same both times.
    """
    wanted = Charge.objects.filter(pk__in=list(charges))
    waiting = wanted.select_for_update(of=("self",)).filter(state=ChargeState.TO_REVIEW)
    found = list(waiting.order_by("pk"))
    mine = wanted.filter(transitions__entry_key=entry_key, state=ChargeState.APPROVED)
    before = list(mine.distinct()) if entry_key else []
    if shown is not None and shown != sum((one.amount for one in before + found), NOTHING):
        sentence = "Some of these charges have been decided since this page was shown."
        raise refuse("changed", sentence, "Check them again.")
    for charge in found:
        charge.decided_by, charge.decided_at = by, at
        move_charge(charge, ChargeState.APPROVED, at=at, by=by, entry_key=entry_key)
    return before + found
