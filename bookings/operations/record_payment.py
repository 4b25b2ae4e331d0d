"""Enter money that came in for an invoice, or give up what will never come."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction

from bookings.models import Invoice, Payment
from bookings.operations.refused import refuse
from bookings.reports.debt import standing_of
from bookings.rules.money import pounds
from partnerships.models import Membership
from partnerships.operations.queue_message import cancel_messages


@transaction.atomic
def record_payment(
    *,
    invoice: Invoice,
    amount: Decimal,
    received_on: date,
    reference: str,
    by: Membership,
    at: datetime,
    kind: Payment.Kind = Payment.Kind.PAYMENT,
    entry_key: UUID | None = None,
) -> Payment:
    """Enter a payment, whole or in part; with the last of it pending reminders are withdrawn.

    The same ``entry_key`` gives the same payment: a form sent twice counts once.
    """
    key = entry_key or uuid4()
    locked: Invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    existing: Payment | None = Payment.objects.filter(entry_key=key).first()
    if existing is not None:
        return existing
    owed = standing_of(locked).balance
    if amount <= 0:
        raise refuse("amount", "Enter an amount above £0.")
    if amount > owed:
        raise refuse("amount", f"Only {pounds(owed)} of {locked.number} is still owed.")
    payment: Payment = Payment.objects.create(
        invoice=locked,
        kind=kind,
        amount=amount,
        received_on=received_on,
        reference=reference,
        entered_by=by,
        entered_at=at,
        entry_key=key,
    )
    if amount == owed:
        cancel_messages(about=locked.number, key_prefix="invoice-reminder:")
    return payment
