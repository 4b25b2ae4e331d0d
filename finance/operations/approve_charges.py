"""Accept reviewed charges as the rule made them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from finance.models import Charge
from finance.rules.states import ChargeState
from partnerships.models import Membership


@transaction.atomic
def approve_charges(*, charges: Iterable[int], by: Membership, at: datetime) -> int:
    """Accept reviewed charges as the rule made them, by id; returns how many.

    Those that have been decided in the meantime, or need a decision first, are left as they are.
    """
    waiting = Charge.objects.select_for_update(of=("self",)).filter(
        pk__in=list(charges), state=ChargeState.TO_REVIEW
    )
    found = list(waiting.order_by("pk"))
    for charge in found:
        charge.state = ChargeState.APPROVED
        charge.decided_by, charge.decided_at = by, at
        charge.save()
    return len(found)
