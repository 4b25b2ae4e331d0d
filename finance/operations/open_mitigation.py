"""Someone asks for a charge to be waived."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from finance.models import Charge, MitigationCase
from finance.rules.states import ChargeState
from partnerships.models import Membership
from partnerships.rules.refused import refuse


@transaction.atomic
def open_mitigation(
    *, charge: Charge, reason: str, evidence: str, by: Membership, at: datetime
) -> MitigationCase:
    """Open one case about a charge. Until it is decided the charge is not invoiced.

    Sending the same request twice opens one case.
    """
    locked: Charge = Charge.objects.select_for_update(of=("self",)).get(pk=charge.pk)
    if locked.state == ChargeState.WAIVED:
        raise refuse(
            "already_waived", "This charge has already been waived: there is nothing to pay."
        )
    existing: MitigationCase | None = locked.open_case
    if existing is not None:
        return existing
    return MitigationCase.objects.create(  # type: ignore[no-any-return]
        charge=locked, reason=reason, evidence=evidence, asked_by=by, asked_at=at
    )
