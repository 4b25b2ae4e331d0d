"""Pay money back that is held for an agency."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from finance.models import Invoice, Payment
from finance.rules.debt import amount_reasons
from finance.steps.enter_money import MoneyEntry, enter, entered_before, locked_accounts
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
    """Note that money held on an invoice was paid back on a day; the bank does the paying.

    The same ``entry_key`` gives the same refund: a form sent twice counts once.
    """
    kind = Payment.Kind.REFUND
    entry = MoneyEntry(amount, received_on, reference, by, at, entry_key)
    [account] = locked_accounts(invoice)
    before = entered_before(entry_key, kind=kind, invoice_id=account.pk, **entry.columns)
    if before is not None:
        return before
    reasons = amount_reasons(amount, account.held, f"is held on {account.number}")
    return enter(entry, kind, account, reasons)
