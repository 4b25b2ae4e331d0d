"""What every movement of money has in common: locked accounts, one entry per form, reminders that stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from bookings.rules.money import pounds
from bookings.steps.sent_before import refuse_if_altered
from finance.models import Invoice, Payment
from finance.rules.debt import day_reasons
from finance.terms.debt import StandingInvoice, standing_invoice
from govuk.rules.phrases import short_date
from outbox.operations.cancel_messages import cancel_messages
from partnerships.models import Membership
from partnerships.rules.reasons import Reason
from partnerships.rules.refused import Refused

IF_WRONG = (
    "If that was wrong, reverse it on the invoice’s page. If you want to enter what you have typed now"
    " as well, send the form again."
)


@dataclass(frozen=True)
class MoneyEntry:
    """What was entered: pounds, the day the money moved, its reference. ``key`` names the form."""

    amount: Decimal
    on: date
    reference: str
    by: Membership
    at: datetime
    key: UUID | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What the form says, by column."""
        return {"amount": self.amount, "received_on": self.on, "reference": self.reference}


def locked_accounts(*invoices: Invoice) -> list[StandingInvoice]:
    """The invoices as they are now, in the order asked for. No one else moves money on them until the transaction ends.

    Locked by their ids, so that two people who use the same pair never wait for each other.
    """
    ids = [invoice.pk for invoice in invoices]
    list(
        Invoice.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").only("pk")
    )
    return [standing_invoice(invoice) for invoice in invoices]


def entered_before(key: UUID | None, **said: Any) -> Payment | None:
    """What the form with this key has already entered; refused if it now says something else (``said``, by column)."""
    found: Payment | None = Payment.objects.filter(entry_key=key).first() if key else None
    if found is not None:
        day = short_date(timezone.localdate(found.entered_at))
        entered = f"{pounds(found.amount)} was entered on {day}"
        refuse_if_altered(found, entered=entered, next_step=IF_WRONG, **said)
    return found


def enter_once(
    entry: MoneyEntry,
    kind: Payment.Kind,
    invoice: Invoice,
    reasons: Callable[[StandingInvoice], Iterable[Reason]],
) -> Payment:
    """Enter what was typed on an invoice's account, unless the same form has already done so.

    ``reasons`` says what is against it, for the account while it is locked.
    """
    [account] = locked_accounts(invoice)
    before = entered_before(entry.key, kind=kind, invoice_id=account.pk, **entry.columns)
    return before or enter(entry, kind, account, reasons(account))


def enter(
    entry: MoneyEntry,
    kind: Payment.Kind,
    invoice: StandingInvoice,
    reasons: Iterable[Reason],
    taken_from: StandingInvoice | None = None,
) -> Payment:
    """Write the movement unless there is a reason against it. If it settles the invoice, reminders are withdrawn."""
    today = timezone.localdate(entry.at)
    obstacles = (*reasons, *day_reasons(entry.on, today, "received_on"))
    if obstacles:
        raise Refused(*obstacles)
    made: Payment = Payment.objects.create(
        invoice=invoice,
        kind=kind,
        taken_from=taken_from,
        **entry.columns,
        entered_by=entry.by,
        entered_at=entry.at,
        entry_key=entry.key or uuid4(),
    )
    if kind != Payment.Kind.REFUND and entry.amount >= invoice.owed:
        cancel_messages(about=invoice.number, key_prefix="invoice-reminder:")
    return made
