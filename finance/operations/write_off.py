"""Write off what an agency will never pay; a credit note would be wrong for that (VATREC13040)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from finance.models import Invoice, Payment
from finance.rules.debt import amount_reasons
from finance.steps.enter_money import MoneyEntry, enter, entered_before, locked_accounts
from partnerships.models import Membership


@transaction.atomic
def write_off(
    *, invoice: Invoice, reason: str, by: Membership, at: datetime, entry_key: UUID | None = None
) -> Payment:
    """Write off the whole balance. Refused if nothing is owed any more."""
    kind = Payment.Kind.WRITE_OFF
    [account] = locked_accounts(invoice)
    before = entered_before(entry_key, kind=kind, invoice_id=account.pk, reference=reason[:100])
    if before is not None:
        return before
    entry = MoneyEntry(account.owed, timezone.localdate(at), reason[:100], by, at, entry_key)
    reasons = amount_reasons(account.owed, account.owed, f"is owed on {account.number}")
    return enter(entry, kind, account, reasons)
