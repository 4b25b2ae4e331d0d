"""The status of issued invoices, as operations read it: credited, paid, written off, still owed, held."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    DecimalField,
    Expression,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from bookings.rules.money import NOTHING
from finance.models import CreditNote, Invoice, InvoiceLine, Payment
from finance.rules.vat import VatSplit

StandingInvoice = Any  # an Invoice with the sums of standing_invoices, which types cannot say


MONEY: DecimalField[Decimal, Decimal] = DecimalField(max_digits=12, decimal_places=2)


ZERO = Value(NOTHING, output_field=MONEY)


Kind = Payment.Kind


# Refunds reduce what was paid. A debt that is written off is not paid, and counts separately.
PAID = Case(
    When(kind=Kind.WRITE_OFF, then=ZERO),
    When(kind=Kind.REFUND, then=-F("amount")),
    default=F("amount"),
    output_field=MONEY,
)


WRITTEN_OFF = Case(When(kind=Kind.WRITE_OFF, then=F("amount")), default=ZERO, output_field=MONEY)


def standing_invoices() -> QuerySet[StandingInvoice]:
    """Invoices with what was credited, paid and written off, and the balance; without their PDFs.

    ``paid`` is money that came in, directly or from another invoice, and was neither refunded nor moved to another.
    ``balance`` is rules.debt.balance as SQL; a test keeps the two in step.
    """
    return with_balance(Invoice.objects.all(), CreditNote.objects.all(), Payment.objects.in_force())


def standing_invoices_on(day: date) -> QuerySet[StandingInvoice]:
    """The same at the end of a past day, from the rows: an entry counts from its date until it was reversed."""
    return with_balance(
        Invoice.objects.filter(issued_on__lte=day),
        CreditNote.objects.filter(issued_on__lte=day),
        Payment.objects.in_force_on(day),
    )


def with_balance(
    invoices: QuerySet[StandingInvoice], notes: QuerySet[CreditNote], entries: QuerySet[Payment]
) -> QuerySet[StandingInvoice]:
    """The invoices, as these credit notes and entries make them."""
    return (  # type: ignore[no-any-return]
        invoices.defer("pdf")
        .annotate(
            credited=total_of(notes, "invoice", F("gross")),
            paid=total_of(entries, "invoice", PAID) - total_of(entries, "taken_from", F("amount")),
            written_off=total_of(entries, "invoice", WRITTEN_OFF),
        )
        .annotate(balance=F("gross") - F("credited") - F("paid") - F("written_off"))
    )


def total_of(rows: QuerySet[Any], link: str, amount: Expression | F) -> Coalesce:
    """Sum of an amount over the rows whose ``link`` is the outer invoice."""
    summed = rows.filter(**{link: OuterRef("pk")}).order_by().values(link)
    return Coalesce(Subquery(summed.annotate(total=Sum(amount)).values("total")), ZERO)


def standing_invoice(invoice: Invoice) -> StandingInvoice:
    """One invoice as :func:`standing_invoices` returns it."""
    return standing_invoices().get(pk=invoice.pk)


def unpaid() -> QuerySet[StandingInvoice]:
    """Invoices on which something is owed."""
    return standing_invoices().filter(balance__gt=0)


def overdue(today: date) -> QuerySet[StandingInvoice]:
    """Unpaid invoices past their due date."""
    return unpaid().filter(due_on__lt=today)


def holding() -> QuerySet[StandingInvoice]:
    """Invoices on which money is held for the agency."""
    return standing_invoices().filter(balance__lt=0)


def left_on(line: InvoiceLine) -> VatSplit:
    """How much of a line has not been credited yet."""
    given = CreditNote.objects.filter(line=line).aggregate(
        net=Coalesce(Sum("net"), NOTHING),
        vat=Coalesce(Sum("vat"), NOTHING),
        gross=Coalesce(Sum("gross"), NOTHING),
    )
    return VatSplit(line.net - given["net"], line.vat - given["vat"], line.gross - given["gross"])
