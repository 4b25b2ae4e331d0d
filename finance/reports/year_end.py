"""A financial year by agency: what was invoiced, credited, received, written off and refunded, and what is outstanding.

Everything follows from the rows as they were at the end of two days, so that any past year can be read again
(``terms.debt.standing_invoices_on``). Amounts are in pounds, with VAT.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Min

from bookings.rules.money import NOTHING
from finance.models import Invoice, Payment
from finance.rules.debt import Account, AgeBand, age_band
from finance.rules.years import FinancialYear, years_between
from finance.terms.debt import Kind, standing_invoices_on, total_of
from partnerships.models import Agency


@dataclass(frozen=True)
class Flows:
    """What has moved on an account up to a day, in pounds."""

    invoiced: Decimal = NOTHING
    credited: Decimal = NOTHING
    received: Decimal = NOTHING
    refunded: Decimal = NOTHING
    written_off: Decimal = NOTHING

    def __add__(self, other: Flows) -> Flows:
        return Flows(*(getattr(self, n.name) + getattr(other, n.name) for n in fields(self)))

    def __sub__(self, other: Flows) -> Flows:
        return Flows(*(getattr(self, n.name) - getattr(other, n.name) for n in fields(self)))

    @property
    def net(self) -> Decimal:
        """By how much they raise what is owed, less what is held."""
        return self.invoiced - self.credited - self.received + self.refunded - self.written_off


@dataclass
class Books:
    """An agency's account at the end of a day."""

    flows: Flows = field(default_factory=Flows)
    bands: dict[AgeBand, Decimal] = field(default_factory=lambda: dict.fromkeys(AgeBand, NOTHING))
    held: Decimal = NOTHING

    def __add__(self, other: Books) -> Books:
        bands = {band: self.bands[band] + other.bands[band] for band in AgeBand}
        return Books(self.flows + other.flows, bands, self.held + other.held)

    @property
    def account(self) -> Account:
        return Account(sum(self.bands.values(), NOTHING), self.held)

    @property
    def in_order(self) -> list[Decimal]:
        """What is owed, in the order of the bands."""
        return [self.bands[band] for band in AgeBand]


@dataclass(frozen=True)
class AgencyYear:
    """One agency's year, or that of all together. ``agency`` is None for all."""

    agency: Agency | None
    before: Books
    after: Books

    @property
    def flows(self) -> Flows:
        """Within the year."""
        return self.after.flows - self.before.flows

    def __str__(self) -> str:
        return self.agency.name if self.agency else "All agencies"


YEAR_COLUMNS: dict[str, Callable[[AgencyYear], Any]] = {
    "agency": str,
    "owed_before": lambda row: row.before.account.owed,
    "held_before": lambda row: row.before.held,
    "invoiced": lambda row: row.flows.invoiced,
    "credited": lambda row: row.flows.credited,
    "received": lambda row: row.flows.received,
    "refunded": lambda row: row.flows.refunded,
    "written_off": lambda row: row.flows.written_off,
    "owed_at_end": lambda row: row.after.account.owed,
    "held_at_end": lambda row: row.after.held,
    "balance_at_end": lambda row: row.after.account.net,
    **{
        f"owed_{band.value}": lambda row, band=band: row.after.bands[band]  # type: ignore[misc]
        for band in AgeBand
    },
}


def year_end(year: FinancialYear, today: date) -> list[AgencyYear]:
    """Every agency with anything in the year or owed from before, by name; the last row is all of them. Two queries."""
    before, after = books_on(year.day_before), books_on(year.reached_by(today))
    rows = [
        AgencyYear(agency, before.get(agency, Books()), books)
        for agency, books in sorted(after.items(), key=lambda item: item[0].name)
    ]
    rows = [row for row in rows if row.flows != Flows() or row.after.account != Account()]
    together = AgencyYear(
        None, all_of(row.before for row in rows), all_of(row.after for row in rows)
    )
    return [*rows, together]


def books_on(day: date) -> dict[Agency, Books]:
    """Each agency's account at the end of a day. One query."""
    entries = Payment.objects.in_force_on(day)
    invoices = standing_invoices_on(day).annotate(
        received=total_of(entries.filter(kind=Kind.PAYMENT), "invoice", F("amount")),
        refunded=total_of(entries.filter(kind=Kind.REFUND), "invoice", F("amount")),
    )
    found: dict[Agency, Books] = {}
    for invoice in invoices.select_related("agency"):
        books = found.setdefault(invoice.agency, Books())
        books.flows += Flows(
            invoice.gross,
            invoice.credited,
            invoice.received,
            invoice.refunded,
            invoice.written_off,
        )
        books.bands[age_band(invoice.due_on, day)] += invoice.owed
        books.held += invoice.held
    return found


def all_of(books: Iterable[Books]) -> Books:
    """Several accounts together."""
    return sum(books, Books())


def years_with_money(today: date) -> list[FinancialYear]:
    """Financial years since the first invoice, the newest first. One query."""
    first = Invoice.objects.aggregate(day=Min("issued_on"))["day"]
    return years_between([first], today)
