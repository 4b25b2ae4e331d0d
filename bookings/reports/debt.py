"""How issued invoices stand: credited, paid, written off, still owed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMonth

from bookings.models import CreditNote, Invoice, InvoiceLine, Payment
from bookings.rules.debt import AgeBand, Settlement, age_band, settlement
from bookings.rules.money import NOTHING
from bookings.rules.vat import VatSplit
from partnerships.models import Agency
from partnerships.rules.months import last_of_month

StandingInvoice = Any  # an Invoice with the sums of standing_invoices, which types cannot say

MONEY: DecimalField[Decimal, Decimal] = DecimalField(max_digits=12, decimal_places=2)


def standing_invoices() -> QuerySet[StandingInvoice]:
    """Invoices with what was credited, paid and written off, and the balance; without their PDFs."""
    payments = Payment.objects.filter(invoice=OuterRef("pk"))
    return (  # type: ignore[no-any-return]
        Invoice.objects.defer("pdf")
        .annotate(
            credited=total_of(CreditNote.objects.filter(invoice=OuterRef("pk")), "gross"),
            paid=total_of(payments.filter(kind=Payment.Kind.PAYMENT), "amount"),
            written_off=total_of(payments.filter(kind=Payment.Kind.WRITE_OFF), "amount"),
        )
        .annotate(balance=F("gross") - F("credited") - F("paid") - F("written_off"))
    )


def total_of(rows: QuerySet[CreditNote] | QuerySet[Payment], column: str) -> Coalesce:
    """Sum of a column of the rows that belong to the outer row."""
    summed = rows.order_by().values("invoice").annotate(total=Sum(column)).values("total")
    return Coalesce(Subquery(summed), NOTHING, output_field=MONEY)


def standing_of(invoice: Invoice) -> StandingInvoice:
    """One invoice as :func:`standing_invoices` gives it."""
    return standing_invoices().get(pk=invoice.pk)


def unpaid() -> QuerySet[StandingInvoice]:
    """Invoices of which something is owed."""
    return standing_invoices().filter(balance__gt=0)


def overdue(today: date) -> QuerySet[StandingInvoice]:
    """Unpaid invoices past their due date."""
    return unpaid().filter(due_on__lt=today)


def settlement_of(invoice: StandingInvoice, today: date) -> Settlement:
    """How an annotated invoice stands on a day."""
    return settlement(
        invoice.gross,
        invoice.credited,
        invoice.paid,
        invoice.written_off,
        invoice.due_on,
        today,
    )


def in_settlement(wanted: Settlement, today: date) -> QuerySet[StandingInvoice]:
    """Invoices that stand so, as the rule says; the tests hold the two together."""
    found = standing_invoices()
    owed, settled = found.filter(balance__gt=0), found.filter(balance__lte=0)
    return {
        Settlement.OVERDUE: owed.filter(due_on__lt=today),
        Settlement.PART_PAID: owed.filter(due_on__gte=today, paid__gt=0),
        Settlement.OPEN: owed.filter(due_on__gte=today, paid__lte=0),
        Settlement.WRITTEN_OFF: settled.filter(written_off__gt=0),
        Settlement.PAID: settled.filter(written_off__lte=0, paid__gt=0),
        Settlement.CREDITED: settled.filter(written_off__lte=0, paid__lte=0),
    }[wanted]


def left_on(line: InvoiceLine) -> VatSplit:
    """What of a line has not been credited yet."""
    given = CreditNote.objects.filter(line=line).aggregate(
        net=Coalesce(Sum("net"), NOTHING),
        vat=Coalesce(Sum("vat"), NOTHING),
        gross=Coalesce(Sum("gross"), NOTHING),
    )
    return VatSplit(line.net - given["net"], line.vat - given["vat"], line.gross - given["gross"])


def lines_of(invoice: Invoice) -> QuerySet[InvoiceLine]:
    """Lines of an invoice with what of each was credited, and what is left."""
    credited = CreditNote.objects.filter(line=OuterRef("pk")).order_by().values("line")
    summed = Subquery(credited.annotate(total=Sum("gross")).values("total"))
    return (  # type: ignore[no-any-return]
        InvoiceLine.objects.filter(invoice=invoice)
        .annotate(credited=Coalesce(summed, NOTHING, output_field=MONEY))
        .annotate(left=F("gross") - F("credited"))
    )


@dataclass(frozen=True)
class Debtor:
    """One agency's debt, by how long it has been overdue."""

    agency: Agency
    bands: dict[AgeBand, Decimal]

    @property
    def total(self) -> Decimal:
        return sum(self.bands.values(), NOTHING)

    @property
    def in_order(self) -> list[Decimal]:
        """The amounts in the order of the bands."""
        return [self.bands[band] for band in AgeBand]


def aged_debt(today: date) -> list[Debtor]:
    """Every agency that owes something, by name. Two queries."""
    return debtors(unpaid().select_related("agency").order_by("agency__name"), today)


def debtors(invoices: Iterable[StandingInvoice], today: date) -> list[Debtor]:
    """Balances gathered by agency and age."""
    found: dict[int, Debtor] = {}
    for invoice in invoices:
        debtor = found.setdefault(
            invoice.agency_id, Debtor(invoice.agency, dict.fromkeys(AgeBand, NOTHING))
        )
        debtor.bands[age_band(invoice.due_on, today)] += invoice.balance
    return list(found.values())


INVOICE_COLUMNS = (
    *("number", "agency", "issued_on", "due_on", "purchase_order", "net", "vat", "gross"),
    *("credited", "paid", "written_off", "balance", "state"),
)


def invoices_wanted(
    today: date, *, state: str = "", agency: str = "", month: date | None = None
) -> QuerySet[StandingInvoice]:
    """Invoices by any of three filters, the newest first."""
    found = in_settlement(Settlement(state), today) if state else standing_invoices()
    if agency:
        found = found.filter(agency__reference=agency)
    if month is not None:
        found = found.filter(issued_on__range=(month, last_of_month(month)))
    return found.select_related("agency")


def months_with_invoices() -> list[date]:
    """First days of the months in which invoices were issued, the newest first."""
    months = Invoice.objects.order_by().annotate(month=TruncMonth("issued_on"))
    return list(months.values_list("month", flat=True).distinct().order_by("-month"))


def invoice_rows(invoices: QuerySet[StandingInvoice], today: date) -> Iterator[list[Any]]:
    """Rows of ``invoices.csv``; columns are ``INVOICE_COLUMNS``."""
    for invoice in invoices.iterator(chunk_size=500):
        columns = [getattr(invoice, name) for name in INVOICE_COLUMNS[2:-1]]
        state = settlement_of(invoice, today).label
        yield [invoice.number, invoice.customer_name, *columns, state]
