"""Enter the imported payments that finance has released, one per transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from bookings.rules.money import NOTHING, pounds
from finance.models import ImportedPayment, ImportedShare, Payment
from finance.rules.states import ImportState
from finance.steps.enter_money import MoneyEntry, enter, locked_accounts
from finance.terms.debt import StandingInvoice
from finance.terms.imports import open_on
from outbox.sweeps import take

LONGEST_REFERENCE, LONGEST_REASON = 100, 1000


@transaction.atomic
def enter_next_imported(*, now: datetime) -> int:
    """Enter one payment on each of its invoices and return 1; 0 when none is left.

    In the order in which they were accepted: what is too much was worked out in that order.
    All of a payment is entered or nothing. If less is owed than when it was accepted, it goes back to be reviewed.
    The key of each entry follows from the payment, so that it is entered once, whatever happens to the worker.
    """
    payment = take(ImportedPayment.objects.released().order_by("decided_at", "file", "number"))
    if payment is None:
        return 0
    shares = list(payment.shares.select_related("invoice").defer("invoice__pdf"))
    accounts = locked_accounts(*(share.invoice for share in shares))
    changed = what_has_changed(payment, shares, accounts)
    if changed:
        payment.state, payment.why, payment.sure = ImportState.TO_REVIEW, changed, False
    else:
        enter_shares(payment, shares, accounts, now)
        payment.state, payment.entered_at = ImportState.ENTERED, now
    payment.save()
    return 1


def what_has_changed(
    payment: ImportedPayment, shares: Sequence[ImportedShare], accounts: Sequence[StandingInvoice]
) -> str:
    """Why it can no longer be entered as it was accepted; empty if it can."""
    available = open_on(accounts, payment.amount)
    over = sum(
        (max(one.amount - available[one.invoice.number], NOTHING) for one in shares), NOTHING
    )
    if over == payment.excess:
        return ""
    what = "is owed" if payment.amount > 0 else "is held"
    now = ", ".join(f"{pounds(amount)} {what} on {number}" for number, amount in available.items())
    return f"This has changed since the payment was accepted: {now}."[:LONGEST_REASON]


def enter_shares(
    payment: ImportedPayment,
    shares: Sequence[ImportedShare],
    accounts: Sequence[StandingInvoice],
    now: datetime,
) -> None:
    """One entry on each invoice."""
    kind = Payment.Kind.PAYMENT if payment.amount > 0 else Payment.Kind.REFUND
    reference = (payment.reference or payment.payer)[:LONGEST_REFERENCE]
    for share, account in zip(shares, accounts, strict=True):
        by, key = payment.decided_by, key_of_entry(payment, share)
        entry = MoneyEntry(share.amount, payment.received_on, reference, by, now, key)
        share.entry = enter(entry, kind, account, ())
        share.save()


def key_of_entry(payment: ImportedPayment, share: ImportedShare) -> UUID:
    """The same for the same payment on the same invoice, for ever."""
    return uuid5(NAMESPACE_URL, f"imported:{payment.fingerprint}:{share.invoice_id}")
