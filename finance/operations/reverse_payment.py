"""Reverse a payment, refund or write-off that was entered by mistake."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from finance.models import Payment, Reversal
from finance.steps.enter_money import locked_accounts
from govuk.rules.phrases import short_date
from partnerships.models import Membership
from partnerships.rules.refused import refuse


@transaction.atomic
def reverse_payment(*, payment: Payment, reason: str, by: Membership, at: datetime) -> Reversal:
    """Reverse an entry: what it had settled is owed again, and what it had used is held again.

    Once per entry. The same person with the same reason has only pressed the button twice.
    """
    locked_accounts(*filter(None, (payment.invoice, payment.taken_from)))
    existing: Reversal | None = Reversal.objects.filter(payment=payment).first()
    if existing is None:
        made: Reversal = Reversal.objects.create(
            payment=payment, reason=reason, made_by=by, made_at=at
        )
        return made
    if (existing.made_by_id, existing.reason) == (by.pk, reason):
        return existing
    day = short_date(timezone.localdate(existing.made_at))
    raise refuse(
        "already_reversed",
        f"This entry was already reversed on {day} by {existing.made_by}: {existing.reason}",
    )
