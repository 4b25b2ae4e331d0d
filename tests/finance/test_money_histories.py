"""Random histories of money: whatever happened, every total that anyone is shown is the sum of the rows."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from competencies.reports.money import account_with
from finance.models import BillingProfile, CreditNote, Invoice, Payment, Reversal, VatRow
from finance.operations.issue_credit_note import issue_credit_note
from finance.operations.record_payment import record_payment
from finance.operations.refund import refund
from finance.operations.reverse_payment import reverse_payment
from finance.operations.set_against import set_against
from finance.operations.write_off import write_off
from finance.reports.charges import what_waits
from finance.reports.debt import account_of, aged_debt, status_on, with_status
from finance.rules.debt import InvoiceStatus, age_band, balance, invoice_status
from finance.terms.debt import standing_invoices
from partnerships.models import Agency
from partnerships.rules.refused import Refused
from tests.finance.money import invoice_for, ready_charges
from tests.world import World, page_as

STEPS = 80
# The accounts in one sum, without any of the product's own words for it.
THE_BOOKS = """
SELECT (SELECT coalesce(sum(gross), 0) FROM finance_invoice)
     - (SELECT coalesce(sum(gross), 0) FROM finance_creditnote)
     - (SELECT coalesce(sum(CASE kind WHEN 'refund' THEN -amount WHEN 'set_against' THEN 0 ELSE amount END), 0)
          FROM finance_payment WHERE id NOT IN (SELECT payment_id FROM finance_reversal))
"""
Sums = dict[str, Decimal]


class History:
    """Someone in finance does one thing after another, at random; what is refused did not happen."""

    def __init__(self, world: World, seed: int) -> None:
        self.chance = Random(seed)
        self.world, self.today = world, timezone.localdate()
        self.said = {"by": world.harbour.finance, "at": timezone.now()}
        self.happened: dict[str, int] = defaultdict(int)

    def amount(self, likely: Decimal = Decimal(90)) -> Decimal:
        """The whole, a part of it, or more than there is."""
        part = Decimal(self.chance.randint(1, 9000)) / 100
        return self.chance.choice([likely, likely, min(part, likely), part])

    def invoice(self, sign: int = 0) -> Any:
        """Any invoice; now and then one of which something is owed (1), or on which money is held (-1)."""
        rows = standing_invoices().order_by("pk")
        wanted = {1: rows.filter(balance__gt=0), -1: rows.filter(balance__lt=0)}.get(sign, rows)
        return self.chance.choice(list(wanted) or list(rows))

    def issue(self) -> object:
        agency = self.chance.choice([self.world.harbour.school, self.world.harbour.other_agency])
        amounts = [self.amount() for _ in range(self.chance.randint(1, 3))]
        charges = [ready_charges(agency, amount=str(amount))[0] for amount in amounts]
        days = self.chance.choice([0, 20, 31, 50, 80, 130])
        return invoice_for(self.world, charges, at=timezone.now() - timedelta(days=days))

    def credit(self) -> object:
        line = self.chance.choice(list(self.invoice().lines.all()))
        return issue_credit_note(
            line=line,
            amount=self.amount(line.gross),
            reason="Agreed",
            agreed_on=self.today,
            **self.said,
        )

    def pay(self) -> object:
        invoice = self.invoice(1)
        return record_payment(
            invoice=invoice,
            amount=self.amount(invoice.owed),
            received_on=self.today,
            reference="",
            **self.said,
        )

    def pay_back(self) -> object:
        invoice = self.invoice(-1)
        return refund(
            invoice=invoice,
            amount=self.amount(invoice.held),
            received_on=self.today,
            reference="R",
            **self.said,
        )

    def use(self) -> object:
        held, owing = self.invoice(-1), self.invoice(1)
        amount = self.amount(min(held.held, owing.owed))
        return set_against(held_on=held, invoice=owing, amount=amount, **self.said)

    def give_up(self) -> object:
        return write_off(invoice=self.invoice(), reason="Closed", **self.said)

    def reverse(self) -> object:
        entries = list(Payment.objects.select_related("invoice", "taken_from").order_by("pk"))
        return entries and reverse_payment(
            payment=self.chance.choice(entries), reason="Wrong", **self.said
        )

    def step(self) -> None:
        acts: list[tuple[Callable[[], object], int]] = [
            (self.issue, 3),
            (self.credit, 6),
            (self.pay, 8),
            (self.pay_back, 3),
            (self.use, 6),
            (self.give_up, 1),
            (self.reverse, 2),
        ]
        weights = [weight for _, weight in acts]
        [(act, _)] = self.chance.choices(acts, weights)
        if not Invoice.objects.exists():
            act = self.issue
        with suppress(Refused):
            act()
            self.happened[act.__name__] += 1


def added_up() -> dict[int, Sums]:
    """Each invoice's sums by plain addition over the rows, one after the other."""
    found = {
        invoice.pk: {"gross": invoice.gross, "credited": 0, "paid": 0, "written_off": 0}
        for invoice in Invoice.objects.defer("pdf")
    }
    for note in CreditNote.objects.defer("pdf"):
        found[note.invoice_id]["credited"] += note.gross
    reversed_ones = set(Reversal.objects.values_list("payment", flat=True))
    for entry in Payment.objects.all():
        if entry.pk in reversed_ones:
            continue
        if entry.kind == "write_off":
            found[entry.invoice_id]["written_off"] += entry.amount
        else:
            sign = -1 if entry.kind == "refund" else 1
            found[entry.invoice_id]["paid"] += sign * entry.amount
        if entry.taken_from_id:
            found[entry.taken_from_id]["paid"] -= entry.amount
    for sums in found.values():
        sums["balance"] = balance(
            sums["gross"], sums["credited"], sums["paid"], sums["written_off"]
        )
    return found


def both(balances: list[Decimal]) -> tuple[Decimal, Decimal]:
    """What is owed and what is held, of balances."""
    return sum((b for b in balances if b > 0), Decimal(0)), -sum(
        (b for b in balances if b < 0), Decimal(0)
    )


@pytest.fixture
def history(world: World, request: pytest.FixtureRequest, unprinted: None) -> History:
    """Eighty things have happened."""
    BillingProfile.objects.update(vat_number="GB123456782")
    VatRow.objects.filter(kind="no_show").update(code="standard", rate=20, reason="")
    made = History(world, request.param)
    for _ in range(STEPS):
        made.step()
    return made


pytestmark = pytest.mark.parametrize("history", range(2), indirect=True)


def test_every_sum_of_an_invoice_is_the_sum_of_its_rows(history: History) -> None:
    assert len(history.happened) == 7, "too dull a history"
    sums = added_up()
    for invoice in standing_invoices():
        said = {name: getattr(invoice, name) for name in sums[invoice.pk]}
        assert said == sums[invoice.pk]
        assert (invoice.owed, invoice.held) == both([sums[invoice.pk]["balance"]])


def test_the_rule_of_the_status_says_the_same_in_sql(history: History) -> None:
    """with_status is rules.debt.invoice_status, said to the database: each invoice is in one, and in the same."""
    for days in (0, 25, 70):
        settles_alike(history.today + timedelta(days=days), added_up())


def settles_alike(today: date, sums: dict[int, Sums]) -> None:
    """On this day."""
    by_sql = {
        pk: state
        for state in InvoiceStatus
        for pk in with_status(state, today).values_list("pk", flat=True)
    }
    for invoice in standing_invoices():
        own = sums[invoice.pk]
        by_rule = invoice_status(
            own["gross"], own["credited"], own["paid"], own["written_off"], invoice.due_on, today
        )
        assert by_sql.pop(invoice.pk) is by_rule is status_on(invoice, today)
    assert not by_sql


def test_debts_by_age_and_money_held_are_the_balances(history: History) -> None:
    sums, today = added_up(), history.today
    debtors = {debtor.agency: debtor for debtor in aged_debt(today)}
    for agency in Agency.objects.all():
        own = Invoice.objects.filter(agency=agency).defer("pdf")
        owed, held = both([sums[invoice.pk]["balance"] for invoice in own])
        bands: dict[str, Decimal] = defaultdict(Decimal)
        for invoice in own:
            bands[age_band(invoice.due_on, today)] += both([sums[invoice.pk]["balance"]])[0]
        if agency not in debtors:
            assert (owed, held) == (0, 0)
            continue
        assert {k: v for k, v in debtors[agency].bands.items() if v} == {
            k: v for k, v in bands.items() if v
        }
        assert (debtors[agency].account.owed, debtors[agency].account.held) == (owed, held)
        assert account_with([agency.pk]) == debtors[agency].account


def overdue_of(sums: dict[int, Sums], today: date) -> list[Decimal]:
    """Balances of invoices that are owed and past their day."""
    late = Invoice.objects.filter(due_on__lt=today).values_list("pk", flat=True)
    return [sums[pk]["balance"] for pk in late if sums[pk]["balance"] > 0]


def test_every_total_on_the_desk_is_the_sum_in_the_database(history: History) -> None:
    """Finance's start page, list of debts, statements, the CSV file and an agency's own page tell one truth."""
    sums, browser = added_up(), page_as(history.world.harbour.finance)
    owed, held = both([own["balance"] for own in sums.values()])
    with connection.cursor() as cursor:
        cursor.execute(THE_BOOKS)
        assert cursor.fetchone() == (owed - held,)
    everything = account_of(standing_invoices())
    assert (everything.owed, everything.held, everything.net) == (owed, held, owed - held)

    waits = browser.get(reverse("finance")).context["waits"]
    late = overdue_of(sums, history.today)
    assert (waits["overdue"].count, waits["overdue"].total) == (len(late), sum(late, Decimal(0)))
    assert waits["held"].total == held
    assert waits == what_waits(history.today)

    debts = browser.get(reverse("debts")).context
    assert debts["account"] == everything
    assert sum(debts["totals"]) == owed

    statements = [
        browser.get(reverse("statement", args=[agency.reference])).context["account"]
        for agency in Agency.objects.all()
    ]
    assert sum(one.owed for one in statements) == owed
    assert sum(one.held for one in statements) == held

    text = browser.get(reverse("invoices_csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert sum(Decimal(row["owed"]) for row in rows) == owed
    assert sum(Decimal(row["held"]) for row in rows) == held
    for row in rows:
        amounts = {
            name: Decimal(row[name]) for name in ("gross", "credited", "paid", "written_off")
        }
        assert balance(
            *(amounts[name] for name in ("gross", "credited", "paid", "written_off"))
        ) == (Decimal(row["owed"]) - Decimal(row["held"]))

    lead = page_as(history.world.harbour.agency_lead).get(reverse("agency_money")).context
    assert lead["account"] == account_with([history.world.harbour.school.pk])
