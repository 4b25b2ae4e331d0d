"""What importing payments decides by: files and payments that are known, invoices that they could be for."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum

from bookings.rules.money import NOTHING
from finance.models import (
    ImportedPayment,
    ImportedShare,
    Invoice,
    PaymentFile,
    PaymentFileLayout,
)
from finance.rules.matching import Claim
from finance.rules.payment_columns import Columns, Meaning, headings_digest, recognised
from finance.rules.states import ImportState
from finance.terms.debt import StandingInvoice, standing_invoices
from partnerships.rules.reasons import Kind, Reason


def columns_known(headings: tuple[str, ...]) -> Columns | None:
    """What the columns mean: as someone has said of files with these headings, or as the headings say."""
    digest = headings_digest(headings)
    layout = PaymentFileLayout.objects.filter(headings_digest=digest).first()
    if layout is None:
        return recognised(headings)
    return {Meaning(name): position for name, position in layout.columns.items()}


def brought_before(fingerprints: Iterable[str]) -> dict[str, ImportedPayment]:
    """Payments that another file has brought, by fingerprint."""
    rows = ImportedPayment.objects.filter(fingerprint__in=list(fingerprints), repeats=None)
    return {row.fingerprint: row for row in rows.select_related("file").defer("file__content")}


def spoken_for(*, paid_in: bool, besides: ImportedPayment | None = None) -> dict[str, Decimal]:
    """What accepted payments that are not entered yet will take of each invoice, by number."""
    shares = ImportedShare.objects.filter(
        imported__state__in=[ImportState.ACCEPTED, ImportState.RELEASED],
        **{"imported__amount__gt" if paid_in else "imported__amount__lt": 0},
    )
    if besides is not None:
        shares = shares.exclude(imported=besides)
    sums = shares.order_by().values("invoice__number").annotate(total=Sum("amount"))
    return {row["invoice__number"]: row["total"] for row in sums}


def less(amount: Decimal, taken: Decimal | None) -> Decimal:
    """What is left of an amount, not below zero."""
    return max(amount - (taken or NOTHING), NOTHING)


def claims() -> list[Claim]:
    """Every invoice, with what is owed and held on it, less what other payments will take. Three queries."""
    paid, refunded = spoken_for(paid_in=True), spoken_for(paid_in=False)
    return [
        Claim(
            number=invoice.number,
            agency=invoice.agency_id,
            names=(invoice.agency.name, invoice.customer_name),
            due=invoice.due_on,
            order=invoice.purchase_order,
            owed=less(invoice.owed, paid.get(invoice.number)),
            held=less(invoice.held, refunded.get(invoice.number)),
        )
        for invoice in standing_invoices().select_related("agency")
    ]


def open_on(invoices: Iterable[StandingInvoice], amount: Decimal) -> dict[str, Decimal]:
    """What money in could pay on each invoice, or money out (below zero) could pay back."""
    return {one.number: one.owed if amount > 0 else one.held for one in invoices}


def left_for(payment: ImportedPayment, accounts: Iterable[StandingInvoice]) -> dict[str, Decimal]:
    """The same for a payment, less what other accepted payments will take."""
    others = spoken_for(paid_in=payment.amount > 0, besides=payment)
    available = open_on(accounts, payment.amount)
    return {number: less(amount, others.get(number)) for number, amount in available.items()}


def invoices_by_number(numbers: Iterable[str]) -> dict[str, Invoice]:
    """The invoices that exist, by number."""
    found = Invoice.objects.filter(number__in=list(numbers)).defer("pdf")
    return {invoice.number: invoice for invoice in found}


def why_not_replace(file: PaymentFile) -> tuple[Reason, ...]:
    """Why the payments of a file can no longer be read anew or discarded."""
    if file.payments.filter(decided_by__isnull=False).exists():
        sentence = "Someone has already decided about payments of this file, so it stays as it is."
        return (Reason(Kind.BLOCKS, "decided", sentence, "Set aside what should not be entered."),)
    if file.payments.filter(repeated__isnull=False).exists():
        sentence = "A later file has payments that are in this one too, so it stays as it is."
        return (Reason(Kind.BLOCKS, "repeated", sentence, "Discard the later file first."),)
    return ()
