"""Accept the suggestions for imported payments."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from finance.models import ImportedPayment, PaymentFile
from finance.rules.states import ImportState
from partnerships.models import Membership


@transaction.atomic
def accept_imported(
    *, file: PaymentFile, payments: Collection[int], by: Membership, at: datetime
) -> int:
    """Those of the payments that wait for a review and have a suggestion; how many they are."""
    waiting = ImportedPayment.objects.filter(
        file=file, pk__in=payments, state=ImportState.TO_REVIEW, shares__isnull=False
    )
    accepted: int = ImportedPayment.objects.filter(pk__in=waiting.values("pk")).update(
        state=ImportState.ACCEPTED, decided_by=by, decided_at=at
    )
    return accepted
