"""What the database refuses, asked in plain SQL as the application's own role: whatever the code may do one day."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from finance.models import EInvoiceDelivery, Invoice, InvoiceLine, Payment
from finance.operations.download_ledger_batch import download_ledger_batch
from finance.operations.export_to_ledger import export_to_ledger
from finance.operations.issue_credit_note import issue_credit_note
from finance.operations.record_payment import record_payment
from finance.operations.reverse_payment import reverse_payment
from finance.operations.start_ledger_columns import start_ledger_columns
from tests.finance.money import invoice_for, ready_charges
from tests.world import World

RECORDS = (
    "finance_invoice",
    "finance_invoiceline",
    "finance_creditnote",
    "finance_payment",
    "finance_reversal",
    "finance_ledgerbatch",
    "finance_ledgerentry",
    "finance_ledgerdownload",
    "finance_einvoicedelivery",
)
KEPT = (
    *RECORDS,
    "finance_charge",
    "finance_chargetransition",
    "finance_documentsequence",
    "finance_dispute",
    "finance_linksstopped",
    "finance_purchaseorder",
    "bookings_bookingtransition",
    "tenancy_change",
    "evaluation_certificate",
)
EMPTIED = "never emptied|permission denied"
SKIP_TRIGGERS = """
SELECT set_config('pgtrigger.ignore', (SELECT array_agg(tgname)::text FROM pg_trigger), true)
"""
# Checks put off to the end of the transaction would stop TRUNCATE too, but only for as long as it lasts.
NOTHING_PENDING = "SET CONSTRAINTS ALL IMMEDIATE"
ANOTHER_LINE = """
INSERT INTO finance_invoiceline (partnership_id, invoice_id, charge_id, position, description, supplied_on, clause,
                                  vat_code, vat_rate, vat_reason, net, vat, gross)
SELECT partnership_id, invoice_id, {charge}, position + 1, 'More', supplied_on, '', vat_code, vat_rate, '', {amount},
       0, {amount}
  FROM finance_invoiceline
"""


@pytest.fixture
def account(world: World, unprinted: None) -> Invoice:
    """An invoice of one line, credited in part, paid, the payment taken back, all of it exported, and it was sent."""
    invoice = invoice_for(world, ready_charges(world.harbour.school))
    by, at, today = world.harbour.finance, timezone.now(), timezone.localdate()
    issue_credit_note(
        line=invoice.lines.get(), amount=Decimal(10), reason="Agreed", agreed_on=today, by=by, at=at
    )
    payment = record_payment(
        invoice=invoice, amount=Decimal(40), received_on=today, reference="B", by=by, at=at
    )
    reverse_payment(payment=payment, reason="Not ours", by=by, at=at)
    start_ledger_columns()
    download_ledger_batch(batch=export_to_ledger(by=by, at=at), by=by, at=at)
    EInvoiceDelivery.objects.create(invoice=invoice, settled_at=at)
    return invoice


def refused(*statements: str, because: str | None = None) -> bool:
    """Whether the last of these statements fails in the database; the others are its preparation."""
    *before, last = statements
    with connection.cursor() as cursor, transaction.atomic():
        for statement in before:
            cursor.execute(statement)
        with pytest.raises(DatabaseError, match=because), transaction.atomic():
            cursor.execute(last)
    return True


@pytest.mark.parametrize("table", RECORDS)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET id = id + 1000",
        "UPDATE {table} SET partnership_id = partnership_id WHERE id = (SELECT max(id) FROM {table})",
        "DELETE FROM {table}",
        "WITH gone AS (DELETE FROM {table} RETURNING *) SELECT count(*) FROM gone",
    ],
)
def test_what_was_issued_or_entered_is_neither_changed_nor_deleted(
    account: Invoice, table: str, statement: str
) -> None:
    assert refused(statement.format(table=table), because="cannot be changed or deleted")


@pytest.mark.parametrize("table", RECORDS)
def test_no_session_can_skip_the_refusal(account: Invoice, table: str) -> None:
    """django-pgtrigger's own triggers ask a setting that any session can make."""
    change = f"UPDATE {table} SET partnership_id = partnership_id"
    assert refused(SKIP_TRIGGERS, change, because="cannot be changed or deleted")


def test_no_trigger_asks_whether_it_may_be_skipped(db: None) -> None:
    """None that django-pgtrigger installs by itself is left, nor comes back with the next one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE prosrc LIKE '%%_pgtrigger_should_ignore%%'"
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("how", ["", "CASCADE", "RESTART IDENTITY CASCADE"])
def test_a_table_of_record_is_never_emptied(account: Invoice, table: str, how: str) -> None:
    because = EMPTIED if "CASCADE" in how else f"{EMPTIED}|referenced in a foreign key"
    assert refused(NOTHING_PENDING, f"TRUNCATE {table} {how}", because=because)


def test_every_table_of_record_has_its_own_guard_against_being_emptied(db: None) -> None:
    """Whatever the role of the application may do otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgtype & 32 <> 0 AND tgenabled IN ('O', 'A') AND NOT tgisinternal"
        )
        assert {table for (table,) in cursor} == set(KEPT)


@pytest.mark.parametrize("table", ["bookings_booking", "partnerships_partnership", "courses_event"])
def test_nor_along_with_another_table(account: Invoice, table: str) -> None:
    assert refused(NOTHING_PENDING, f"TRUNCATE {table} CASCADE", because=EMPTIED)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE finance_charge SET amount = 1",
        "UPDATE finance_charge SET state = 'waived'",
        "UPDATE finance_charge SET explanation = '{}'",
        "DELETE FROM finance_charge",
    ],
)
def test_a_charge_is_fixed_once_it_is_invoiced(account: Invoice, statement: str) -> None:
    assert refused(statement, because="invoiced charge cannot be changed")


def test_a_charge_that_is_not_invoiced_can_still_be_decided(world: World) -> None:
    [charge] = ready_charges(world.harbour.school)
    charge.amount = Decimal(1)
    charge.save()
    charge.delete()


@pytest.mark.parametrize("amount", ["0", "5", "-5"])
def test_an_issued_invoice_takes_no_further_line(
    world: World, account: Invoice, amount: str
) -> None:
    """Not even one over nothing, which would leave the sums as they are."""
    [charge] = ready_charges(world.harbour.school)
    another = ANOTHER_LINE.format(charge=charge.pk, amount=amount)
    assert refused(another, because="takes no further line")


def test_lines_that_do_not_add_up_to_the_invoice_are_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert = InvoiceLine.objects.bulk_create

    def a_penny_short(lines: list[InvoiceLine]) -> list[InvoiceLine]:
        lines[0].net -= Decimal("0.01")
        return insert(lines)  # type: ignore[no-any-return]

    monkeypatch.setattr(type(InvoiceLine.objects), "bulk_create", staticmethod(a_penny_short))
    with pytest.raises(DatabaseError, match="add up"), transaction.atomic():
        invoice_for(world, ready_charges(world.harbour.school, 2))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE finance_documentsequence SET last_number = 0",
        "UPDATE finance_documentsequence SET last_number = last_number",
        "UPDATE finance_documentsequence SET last_number = last_number + 2",
        "UPDATE finance_documentsequence SET last_number = last_number + 1, year = year + 1",
        "UPDATE finance_documentsequence SET last_number = last_number + 1, prefix = 'OTHER'",
        "DELETE FROM finance_documentsequence",
        """
        INSERT INTO finance_documentsequence (partnership_id, kind, prefix, year, last_number)
        SELECT partnership_id, kind, prefix, year, 0 FROM finance_documentsequence
        """,
    ],
)
def test_a_series_of_numbers_only_rises(account: Invoice, statement: str) -> None:
    assert refused(statement)


@pytest.mark.parametrize("number", ["1", "4000"])
def test_a_new_series_of_numbers_begins_at_nought(account: Invoice, number: str) -> None:
    begun = f"""
        INSERT INTO finance_documentsequence (partnership_id, kind, prefix, year, last_number)
        SELECT partnership_id, kind, prefix, year + 1, {number} FROM finance_documentsequence
    """
    assert refused(begun, because="starts at zero")


def test_a_temporary_table_of_the_same_name_fools_no_guard(world: World, account: Invoice) -> None:
    [charge] = ready_charges(world.harbour.school)
    assert refused(
        "CREATE TEMPORARY TABLE finance_invoice (id bigint, line_count int, net int, vat int, gross int)",
        ANOTHER_LINE.format(charge=charge.pk, amount="0"),
        because="takes no further line",
    )


@pytest.mark.parametrize("write", [Payment.objects.bulk_create, Payment.objects.bulk_update])
def test_the_ways_past_save_are_closed_too(account: Invoice, write: Callable[..., object]) -> None:
    """Django's bulk statements send no signal and call no ``save``; the triggers see them all the same."""
    payment = Payment.objects.get()
    payment.amount = Decimal(1)
    said = (
        {"update_conflicts": True, "unique_fields": ["id"], "update_fields": ["amount"]}
        if write.__name__ == "bulk_create"
        else {"fields": ["amount"]}
    )
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        write([payment], **said)
