"""Set an imported payment aside: it is for no invoice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from finance.models import ImportedPayment
from finance.rules.states import ImportState
from finance.steps.decide_imported import decided_here, locked_import
from partnerships.models import Membership


@transaction.atomic
def set_imported_aside(
    *, payment: ImportedPayment, reason: str, by: Membership, at: datetime
) -> ImportedPayment:
    """Note why nothing is entered for it, such as a refund that was entered by hand. It can be shared later."""
    locked = locked_import(payment)
    locked.shares.all().delete()
    locked.excess = 0
    return decided_here(locked, ImportState.SET_ASIDE, reason, by, at)
