"""Pay back money that is held for an agency."""

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
def refund(
    *,
    invoice: Invoice,
    amount: Decimal,
    received_on: date,
    reference: str,
    by: Membership,
    at: datetime,
    entry_key: UUID | None = None,
) -> Payment:
    """Record that money held on an invoice was paid back on a day. The bank makes the payment.

    The same ``entry_key`` gives the same refund: a form sent twice counts once.
    """
    entry = MoneyEntry(amount, received_on, reference, by, at, entry_key)
    return enter_once(
        entry,
        Payment.Kind.REFUND,
        invoice,
        lambda account: amount_reasons(amount, account.held, f"is held on {account.number}"),
    )
