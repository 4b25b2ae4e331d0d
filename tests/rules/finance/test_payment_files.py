"""Payments as banks and ledgers write them in files, and what is refused in a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from finance.rules.csv_tables import Record
from finance.rules.payment_columns import (
    Meaning,
    columns_reasons,
    headings_digest,
    headings_in,
    recognised,
    table_of,
)
from finance.rules.payment_rows import PaymentRow, amount_of, day_of, payment_rows
from partnerships.rules.reasons import codes

TODAY = date(2026, 11, 27)
PLAIN = {Meaning.DAY: 0, Meaning.AMOUNT: 1, Meaning.REFERENCE: 2, Meaning.PAYER: 3}


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (
            ["Date", "Type", "Description", "Value", "Balance", "Account Name"],
            {Meaning.DAY: 0, Meaning.DETAILS: 2, Meaning.AMOUNT: 3},
        ),
        (
            ["Transaction Date", "Transaction Description", "Debit Amount", "Credit Amount"],
            {Meaning.DAY: 0, Meaning.DETAILS: 1, Meaning.PAID_OUT: 2, Meaning.PAID_IN: 3},
        ),
        (
            ["Number", "Date", "Account", "Amount", "Subcategory", "Memo"],
            {Meaning.DAY: 1, Meaning.AMOUNT: 3, Meaning.DETAILS: 5},
        ),
        (
            ["PAYER", "Date received", "Amount (£)", "Payment reference"],
            {Meaning.PAYER: 0, Meaning.DAY: 1, Meaning.AMOUNT: 2, Meaning.REFERENCE: 3},
        ),
        (
            ["Value date", "Date", "Paid in", "Paid out", "Amount", "Details"],
            {Meaning.DAY: 1, Meaning.PAID_IN: 2, Meaning.PAID_OUT: 3, Meaning.DETAILS: 5},
        ),
        (["Date", "Amount"], None),
        (["Date", "Reference"], None),
        (["Datum", "Betrag", "Zweck"], None),
        ([], None),
    ],
)
def test_columns_are_recognised_by_their_headings(
    headings: list[str], found: dict[Meaning, int] | None
) -> None:
    assert recognised(headings) == found


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({Meaning.DAY: 0, Meaning.AMOUNT: 1, Meaning.PAYER: 2}, set()),
        ({Meaning.DAY: 0, Meaning.PAID_IN: 1, Meaning.PAID_OUT: 3, Meaning.DETAILS: 2}, set()),
        ({}, {"day", "amount", "reference"}),
        ({Meaning.DAY: 0, Meaning.PAID_OUT: 1, Meaning.PAYER: 2}, {"amount"}),
        ({Meaning.DAY: 0, Meaning.AMOUNT: 1, Meaning.PAID_IN: 2, Meaning.PAYER: 3}, {"amount"}),
        ({Meaning.DAY: 0, Meaning.AMOUNT: 0, Meaning.PAYER: 2}, {"columns"}),
    ],
)
def test_some_columns_are_needed_to_read_payments(
    columns: dict[Meaning, int], expected: set[str]
) -> None:
    assert codes(columns_reasons(columns)) == expected


@pytest.mark.parametrize(
    ("rows", "position"),
    [
        ([["Date", "Amount", "Ref"]], 0),
        ([["Account", "12345678"], ["From", "1 April"], ["Date", "Amount", "Ref"]], 2),
        ([["Statement", ""], ["Datum", "Betrag", "Zweck"], ["1", "2", "3"]], 1),
        ([["only"], ["one"]], None),
        ([], None),
    ],
)
def test_headings_may_stand_below_other_rows(rows: list[list[str]], position: int | None) -> None:
    assert headings_in([Record(n, tuple(row)) for n, row in enumerate(rows)]) == position


def test_a_kind_of_file_is_known_by_its_headings_however_they_are_written() -> None:
    assert headings_digest(["Date", "Amount (£)"]) == headings_digest([" date ", "AMOUNT"])
    assert headings_digest(["Date", "Amount"]) != headings_digest(["Amount", "Date"])
    assert headings_digest(["1", "2"]) != headings_digest(["3", "4"])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01/04/2026", date(2026, 4, 1)),
        ("1/4/26", date(2026, 4, 1)),
        ("01-04-2026", date(2026, 4, 1)),
        ("01.04.2026", date(2026, 4, 1)),
        ("2026-04-01", date(2026, 4, 1)),
        ("20260401", date(2026, 4, 1)),
        ("1 Apr 2026", date(2026, 4, 1)),
        ("01-Apr-26", date(2026, 4, 1)),
        ("1 September 2026", date(2026, 9, 1)),
        ("2026-04-01T09:30:00Z", date(2026, 4, 1)),
        ("01/04/2026 09:30", date(2026, 4, 1)),
        ("31/02/2026", None),
        ("04/13/2026", None),
        ("1 Foo 2026", None),
        ("45748", None),
        ("", None),
    ],
)
def test_days_as_banks_write_them(text: str, day: date | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("50", "50"),
        ("50.5", "50.5"),
        (".50", "0.50"),
        ("£1,234.50", "1234.50"),
        ("1,234", "1234"),
        ("1.234,50", "1234.50"),
        ("1234,5", "1234.5"),
        ("GBP 75.00", "75.00"),
        ("-12.00", "-12.00"),
        ("12.00-", "-12.00"),
        ("−12.00", "-12.00"),
        ("+12.00", "12.00"),
        ("(12.00)", "-12.00"),
        ("12.00 DR", "-12.00"),
        ("12.00CR", "12.00"),
        ("1 234.50", "1234.50"),
        ("1,23,4.50", None),
        ("12.345", None),
        ("twelve", None),
        ("=1+1", None),
        ("", None),
        ("-", None),
    ],
)
def test_amounts_as_banks_and_ledgers_write_them(text: str, amount: str | None) -> None:
    assert amount_of(text) == (None if amount is None else Decimal(amount))


def rows_of(*cells: list[str]) -> tuple[list[PaymentRow], list[str]]:
    records = [Record(number, tuple(row)) for number, row in enumerate(cells, 2)]
    found, faults = payment_rows(records, PLAIN, TODAY)
    return found, [fault.sentence for fault in faults]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (["", "50", "x"], "Row 2: it has no date."),
        (["31/02/2026", "50", "x"], "Row 2: “31/02/2026” is not a date."),
        (["28/11/2026", "50", "x"], "Row 2: 28 November 2026 is in the future."),
        (["31/12/1999", "50", "x"], "Row 2: 31 December 1999 is before 1 January 2000."),
        (["1/4/2026", "", "x"], "Row 2: it has no amount."),
        (["1/4/2026", "-", "x"], "Row 2: it has no amount."),
        (["1/4/2026"], "Row 2: it has no amount."),
        (["1/4/2026", "0.00", "x"], "Row 2: its amount is zero."),
        (["1/4/2026", "10000000", "x"], "Row 2: its amount is too large."),
        (["1/4/2026", "fifty", "x"], "Row 2: “fifty” is not an amount."),
        (["1/4/2026", "=1+1", "x"], "Row 2: “=1+1” is not an amount."),
        (["1/4/2026", "50", "=HYPERLINK(1)"], "“=”, which a spreadsheet would treat as a formula"),
        (["1/4/2026", "50", "+44"], "“+”, which a spreadsheet would treat as a formula"),
        (["1/4/2026", "50", "x", "@payer"], "“@”, which a spreadsheet would treat as a formula"),
    ],
)
def test_a_row_that_is_no_payment_is_named_with_what_is_wrong(cells: list[str], fault: str) -> None:
    rows, [said] = rows_of(cells)
    assert rows == []
    assert fault in said


def test_today_and_the_largest_amount_are_still_payments() -> None:
    rows, faults = rows_of(["27/11/2026", "9,999,999.99", "-", "-"], ["1/1/2000", "-1", "", ""])
    assert faults == []
    assert [(row.amount, row.reference, row.payer) for row in rows] == [
        (Decimal("9999999.99"), "", ""),
        (Decimal("-1"), "", ""),
    ]


def test_every_bad_row_is_reported_at_once() -> None:
    _, faults = rows_of(["1/4/2026", "50", "x"], ["", "50", "x"], ["1/4/2026", "", "x"])
    assert [fault.split(":")[0] for fault in faults] == ["Row 3", "Row 4"]


def test_what_was_paid_out_is_below_zero_whatever_its_sign() -> None:
    columns = {Meaning.DAY: 0, Meaning.PAID_IN: 1, Meaning.PAID_OUT: 2, Meaning.DETAILS: 3}
    records = [
        Record(1, ("1/4/2026", "50.00", "", "in")),
        Record(2, ("1/4/2026", "", "20.00", "out")),
        Record(3, ("1/4/2026", "", "-20.00", "out again")),
        Record(4, ("1/4/2026", "0.00", "20.00", "both")),
    ]
    rows, faults = payment_rows(records, columns, TODAY)
    assert faults == []
    assert [row.amount for row in rows] == [50, -20, -20, -20]


def test_reference_and_description_are_read_together_and_long_ones_are_cut() -> None:
    columns = {Meaning.DAY: 0, Meaning.AMOUNT: 1, Meaning.REFERENCE: 2, Meaning.DETAILS: 3}
    [row], _ = payment_rows([Record(1, ("1/4/2026", "5", "A", "b" * 400))], columns, TODAY)
    assert row.reference == f"A {'b' * 298}"


def test_a_payment_is_known_again_and_two_alike_are_two() -> None:
    one = ["1/4/2026", "50", "Fees", "School"]
    rows, _ = rows_of(one, one, ["1/4/2026", "50.00", "FEES", "school"])
    first, second, third = (row.fingerprint for row in rows)
    assert len({first, second, third}) == 2
    assert first == third  # written otherwise it is not the same row, but the same payment
    again, _ = rows_of(["2/4/2026", "1", "Other", ""], one)
    assert again[1].fingerprint == first


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Date,Amount,Reference\n", "headings and nothing below them"),
        ("just words\nmore words\n", "only one column"),
        ('Date,Amount,Reference\n1/4/26,5,"x\n', "its quotation marks do not close"),
        ("", "empty"),
        ("A,B\n" + "1,2\n" * 5001, "5,001 rows"),
    ],
)
def test_a_file_without_payments_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    _, [reason] = table_of(text.encode())
    assert sentence in reason.sentence


def test_headings_and_rows_of_a_file() -> None:
    table, reasons = table_of(b"Account;1\nDate;Amount;Reference\n1/4/26;5;x\n;;\n2/4/26;6;y\n")
    assert reasons == ()
    assert table.headings == ("Date", "Amount", "Reference")
    assert [(row.number, row.cells[0]) for row in table.rows] == [(3, "1/4/26"), (5, "2/4/26")]
