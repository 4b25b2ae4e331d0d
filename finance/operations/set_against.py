"""Use money that is held for an agency to pay another of its invoices."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from finance.models import Invoice, Payment
from finance.rules.debt import amount_reasons
from finance.steps.enter_money import MoneyEntry, enter, entered_before, locked_accounts
from partnerships.models import Membership
from partnerships.rules.refused import refuse


@transaction.atomic
def set_against(
    *,
    held_on: Invoice,
    invoice: Invoice,
    amount: Decimal,
    by: Membership,
    at: datetime,
    entry_key: UUID | None = None,
) -> Payment:
    """Set money held on one invoice against what is owed on another: one row that both accounts read.

    Only between invoices of the same agency, so that no one's money pays someone else's debt. The same
    ``entry_key`` gives the same row.
    """
    kind = Payment.Kind.SET_AGAINST
    source, target = locked_accounts(held_on, invoice)
    if source.agency_id != target.agency_id:
        raise refuse("invoice", f"{target.number} is not an invoice to the same agency.")
    entry = MoneyEntry(amount, timezone.localdate(at), f"From {source.number}", by, at, entry_key)
    said = {"kind": kind, "taken_from_id": source.pk, "invoice_id": target.pk, "amount": amount}
    before = entered_before(entry_key, **said)
    if before is not None:
        return before
    reasons = (
        *amount_reasons(amount, source.held, f"is held on {source.number}"),
        *amount_reasons(amount, target.owed, f"is still owed on {target.number}"),
    )
    return enter(entry, kind, target, reasons, taken_from=source)
