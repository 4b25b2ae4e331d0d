"""The year end: figures of any past day, from the rows, whatever has happened since."""

from __future__ import annotations

import csv
from collections import defaultdict
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from finance.models import CreditNote, Invoice, Payment
from finance.operations.issue_credit_note import issue_credit_note
from finance.operations.record_payment import record_payment
from finance.operations.refund import refund
from finance.operations.reverse_payment import reverse_payment
from finance.operations.set_against import set_against
from finance.operations.write_off import write_off
from finance.reports.debt import aged_debt
from finance.reports.year_end import AgencyYear, books_on, year_end, years_with_money
from finance.rules.debt import AgeBand
from finance.rules.years import FinancialYear
from finance.terms.debt import standing_invoices, standing_invoices_on
from partnerships.rules.refused import Refused
from tests.competencies.asking import queries_of
from tests.finance.money import invoice_for, ready_charges
from tests.world import Browser, World, page_as

pytestmark = pytest.mark.django_db
PAGES = ["year_end", "year_end_csv"]
YEAR = FinancialYear(2024)


@pytest.fixture(autouse=True)
def printing_nothing(unprinted: None) -> None:
    """PDFs have tests of their own."""


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


class Ledger:
    """What finance does for an agency, each thing on a day of its own."""

    def __init__(self, world: World) -> None:
        self.world, self.by = world, world.harbour.finance

    def invoice(self, amount: str, on: date, agency: Any = None) -> Invoice:
        charges = ready_charges(agency or self.world.harbour.school, amount=amount)
        return invoice_for(self.world, charges, at=at(on))

    def pay(self, invoice: Invoice, amount: str, on: date) -> Payment:
        return record_payment(
            invoice=invoice,
            amount=Decimal(amount),
            received_on=on,
            reference="B",
            by=self.by,
            at=at(on),
        )

    def credit(self, invoice: Invoice, amount: str, on: date) -> CreditNote:
        return issue_credit_note(
            line=invoice.lines.first(),
            amount=Decimal(amount),
            reason="Agreed",
            agreed_on=on,
            by=self.by,
            at=at(on),
        )


def row_of(world: World, year: FinancialYear, today: date) -> AgencyYear:
    return next(row for row in year_end(year, today) if row.agency == world.harbour.school)


def test_a_year_by_hand(world: World) -> None:
    """£100 owed from before; £200 and £60 invoiced; paid, credited, refunded, written off and reversed in the year."""
    books = Ledger(world)
    old = books.invoice("100", date(2024, 2, 1))
    first, second = books.invoice("200", date(2024, 4, 1)), books.invoice("60", date(2025, 3, 31))
    books.pay(old, "40", date(2024, 3, 31))
    books.pay(old, "30", date(2024, 4, 1))
    books.pay(first, "200", date(2024, 6, 1))
    books.credit(first, "50", date(2024, 7, 1))
    refund(
        invoice=first,
        amount=Decimal(20),
        received_on=date(2024, 8, 1),
        reference="R",
        by=books.by,
        at=at(date(2024, 8, 1)),
    )
    write_off(invoice=old, reason="Closed", by=books.by, at=at(date(2024, 9, 1)))
    wrong = books.pay(second, "10", date(2025, 3, 31))
    reverse_payment(payment=wrong, reason="Bounced", by=books.by, at=at(date(2025, 4, 2)))
    books.pay(second, "60", date(2025, 4, 3))

    row = row_of(world, YEAR, date(2025, 6, 1))
    assert row.before.account.owed == 60
    assert vars(row.flows) == {
        "invoiced": 260,
        "credited": 50,
        "received": 240,
        "refunded": 20,
        "written_off": 30,
    }
    # The £10 that bounced in April still counted at the end of March.
    assert (row.after.account.owed, row.after.held) == (50, 30)
    assert row.after.bands[AgeBand.NOT_DUE] == 50
    assert row.before.account.net + row.flows.net == row.after.account.net

    following = row_of(world, FinancialYear(2025), date(2025, 6, 1))
    assert following.before == row.after
    assert following.flows.received == 50  # 60 came in, and 10 proved never to have
    assert (following.after.account.owed, following.after.held) == (0, 30)


def test_what_is_set_against_another_invoice_is_neither_received_nor_refunded(
    world: World,
) -> None:
    books, day = Ledger(world), date(2024, 5, 1)
    held, owing = books.invoice("80", day), books.invoice("100", day)
    books.pay(held, "80", day)
    books.credit(held, "80", day)
    set_against(
        held_on=held, invoice=owing, amount=Decimal(80), by=books.by, at=at(date(2024, 6, 1))
    )
    row = row_of(world, YEAR, date(2025, 6, 1))
    assert (row.flows.received, row.flows.refunded) == (80, 0)
    assert (row.after.account.owed, row.after.held) == (20, 0)


def test_a_year_that_is_not_over_reads_like_today(world: World) -> None:
    books, today = Ledger(world), timezone.localdate()
    invoice = books.invoice("100", today - timedelta(days=45))
    books.pay(invoice, "30", today)
    row = row_of(world, FinancialYear.of(today), today)
    [debtor] = aged_debt(today)
    assert row.after.bands == debtor.bands
    assert years_with_money(today)[0] == FinancialYear.of(today)


@pytest.mark.parametrize("chance", range(2))
def test_the_figures_of_every_day_are_the_sums_of_its_rows(world: World, chance: int) -> None:
    """Random years of money: each as-at balance by plain addition, and each year adds up."""
    dice, books = Random(chance), Ledger(world)
    today, agencies = timezone.localdate(), (world.harbour.school, world.harbour.other_agency)
    first = today - timedelta(days=900)
    invoices = [
        books.invoice(str(dice.randint(10, 90)), first + timedelta(days=40 * n), agencies[n % 2])
        for n in range(12)
    ]
    for _ in range(40):
        day = first + timedelta(days=dice.randint(0, 900))
        invoice, amount = dice.choice(invoices), str(dice.randint(1, 60))
        act = dice.choice([books.pay, books.pay, books.credit])
        with suppress(Refused):
            act(invoice, amount, day)
    for entry in dice.sample(list(Payment.objects.all()), 4):
        later = entry.received_on + timedelta(days=dice.randint(0, 60))
        reverse_payment(payment=entry, reason="Wrong", by=books.by, at=at(min(later, today)))

    for day in (
        first - timedelta(days=1),
        *(first + timedelta(days=d) for d in (0, 333, 700, 900)),
    ):
        assert {one.pk: one.balance for one in standing_invoices_on(day)} == balances_on(day)
    assert {one.pk: one.balance for one in standing_invoices()} == balances_on(today)
    for year in years_with_money(today):
        *rows, together = year_end(year, today)
        for row in [*rows, together]:
            assert row.before.account.net + row.flows.net == row.after.account.net
        assert sum(row.flows.invoiced for row in rows) == together.flows.invoiced
        ends = balances_on(year.reached_by(today)).values()
        assert together.after.account.owed == sum(one for one in ends if one > 0)
        assert together.after.held == -sum(one for one in ends if one < 0)


def balances_on(day: date) -> dict[int, Decimal]:
    """By plain addition over the rows."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    for invoice in Invoice.objects.all():
        if invoice.issued_on <= day:
            found[invoice.pk] += invoice.gross
    for note in CreditNote.objects.all():
        if note.issued_on <= day:
            found[note.invoice_id] -= note.gross
    for entry in Payment.objects.select_related("reversal"):
        reversal = getattr(entry, "reversal", None)
        gone = reversal is not None and timezone.localdate(reversal.made_at) <= day
        if entry.received_on <= day and not gone and entry.invoice_id in found:
            found[entry.invoice_id] -= entry.amount
    return dict(found)


def test_the_page_and_the_file_tell_the_same(world: World) -> None:
    books = Ledger(world)
    books.invoice("100", date(2024, 5, 1))
    browser = page_as(world.harbour.finance)
    page = browser.get(f"{reverse('year_end')}?year=2024").content.decode()
    assert "Year end, April 2024 to March 2025" in page
    assert "On 31 March 2025, <strong>£100.00</strong> is outstanding" in page
    text = browser.get(f"{reverse('year_end_csv')}?year=2024").content.decode("utf-8-sig")
    school, together = csv.DictReader(StringIO(text))
    assert school["agency"] == "Harbour Primary School"
    assert together["agency"] == "All agencies"
    assert (school["invoiced"], school["owed_at_end"], school["owed_over_90"]) == (
        "100.00",
        "100.00",
        "100.00",
    )
    empty = browser.get(f"{reverse('year_end')}?year=nonsense").content.decode()
    assert f"Year end, {FinancialYear.of(timezone.localdate()).label}" in empty


@pytest.mark.parametrize("name", PAGES)
def test_the_year_end_is_for_those_who_manage_money(world: World, name: str) -> None:
    address = reverse(name)
    assert page_as(world.harbour.finance).get(address).status_code == 200
    for part in ("agency_lead", "coordinator", "practitioner", "trainer", "subgroup"):
        assert page_as(world.harbour.cast[part]).get(address).status_code == 403
    assert page_as(world.moorland.finance).get(address).status_code == 404
    assert Browser().get(address).status_code == 302


def test_the_year_end_costs_the_same_however_much_there_is(world: World) -> None:
    books = Ledger(world)
    books.invoice("100", date(2024, 5, 1))
    addresses = [f"{reverse(name)}?year=2024" for name in PAGES]
    before = [len(queries_of(world.harbour.finance, address)) for address in addresses]
    for agency in (world.harbour.school, world.harbour.other_agency):
        for month in (5, 6, 7):
            books.pay(books.invoice("50", date(2024, month, 1), agency), "20", date(2024, 9, 1))
    assert [len(queries_of(world.harbour.finance, address)) for address in addresses] == before
    assert max(before) <= 12


def test_books_of_a_day_before_everything_are_empty(world: World) -> None:
    Ledger(world).invoice("100", date(2024, 5, 1))
    assert books_on(date(2024, 4, 30)) == {}
