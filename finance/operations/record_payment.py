"""Enter money that came in for an invoice."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from finance.models import Invoice, Payment
from finance.rules.debt import amount_reasons
from finance.steps.enter_money import MoneyEntry, enter_once
from partnerships.models import Membership


@transaction.atomic
def record_payment(
    *,
    invoice: Invoice,
    amount: Decimal,
    received_on: date,
    reference: str,
    by: Membership,
    at: datetime,
    entry_key: UUID | None = None,
) -> Payment:
    """Enter a full or part payment. Once everything is paid, pending reminders are withdrawn.

    The same ``entry_key`` gives the same payment: a form sent twice counts once.
    """
    entry = MoneyEntry(amount, received_on, reference, by, at, entry_key)
    return enter_once(
        entry,
        Payment.Kind.PAYMENT,
        invoice,
        lambda account: amount_reasons(amount, account.owed, f"is still owed on {account.number}"),
    )
