"""Which columns of a payment file mean what, and which files cannot be read."""

from __future__ import annotations

import pytest

from finance.rules.csv_tables import Record, too_many_reasons
from finance.rules.payment_columns import (
    Meaning,
    Table,
    columns_reasons,
    headings_digest,
    headings_in,
    recognised,
    table_of,
)
from partnerships.rules.reasons import Kind, Reason


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


NO_DAY = Reason(Kind.BLOCKS, "day", "Select the column with the date.")
NO_AMOUNT = Reason(
    Kind.BLOCKS,
    "amount",
    "Select the column with the amount, or the one with what was paid in.",
)
TWO_AMOUNTS = Reason(
    Kind.BLOCKS,
    "amount",
    "Select either the amount, or what was paid in and paid out, but not both.",
)
NO_WORDS = Reason(
    Kind.BLOCKS,
    "reference",
    "Select a column with the reference, the description or the payer.",
)
TWICE = Reason(Kind.BLOCKS, "columns", "Select each column of the file only once.")


@pytest.mark.parametrize(
    ("columns", "reasons"),
    [
        ({Meaning.DAY: 0, Meaning.AMOUNT: 1, Meaning.PAYER: 2}, ()),
        ({Meaning.DAY: 0, Meaning.PAID_IN: 1, Meaning.PAID_OUT: 3, Meaning.DETAILS: 2}, ()),
        ({}, (NO_DAY, NO_AMOUNT, NO_WORDS)),
        ({Meaning.DAY: 0, Meaning.PAID_OUT: 1, Meaning.PAYER: 2}, (NO_AMOUNT,)),
        ({Meaning.DAY: 0, Meaning.AMOUNT: 1, Meaning.PAID_IN: 2, Meaning.PAYER: 3}, (TWO_AMOUNTS,)),
        ({Meaning.DAY: 0, Meaning.AMOUNT: 0, Meaning.PAYER: 2}, (TWICE,)),
    ],
)
def test_some_columns_are_needed_to_read_payments(
    columns: dict[Meaning, int], reasons: tuple[Reason, ...]
) -> None:
    assert columns_reasons(columns) == reasons


@pytest.mark.parametrize(
    ("rows", "position"),
    [
        ([["Date", "Amount", "Ref"]], 0),
        ([["Account", "12345678"], ["From", "1 April"], ["Date", "Amount", "Ref"]], 2),
        ([["Statement", ""], ["Datum", "Betrag", "Zweck"], ["1", "2", "3"]], 1),
        ([["Account", "1"], ["Datum", "Betrag", "Zweck", "Saldo"], ["1", "2", "3", "4"]], 1),
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
    # What partnerships have told us about their files is stored under it.
    stored = "3635c299640f19539f4256194d1ba1501d2870f07420d537433abd081e56aea7"
    assert headings_digest(["Date", "Amount (£)", "1"]) == stored


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Date,Amount,Reference\n",
            Reason(Kind.BLOCKS, "file", "The file has headings and nothing below them."),
        ),
        (
            "just words\nmore words\n",
            Reason(
                Kind.BLOCKS,
                "file",
                "The file has only one column.",
                "Upload a file with headings, and at least a date, an amount and a reference.",
            ),
        ),
        (
            'Date,Amount,Reference\n1/4/26,5,"x\n',
            Reason(Kind.BLOCKS, "file", "Row 2 cannot be read: its quotation marks do not close."),
        ),
        ("", Reason(Kind.BLOCKS, "file", "The file is empty.")),
    ],
)
def test_a_file_without_payments_is_refused_in_a_sentence(text: str, reason: Reason) -> None:
    assert table_of(text.encode()) == (Table((), ()), (reason,))


def test_a_file_with_too_many_rows_is_refused_in_a_sentence() -> None:
    _, reasons = table_of(b"A,B\n" + b"1,2\n" * 5001)
    assert reasons == too_many_reasons(5001)


def test_headings_and_rows_of_a_file() -> None:
    table, reasons = table_of(b"Account;1\nDate;Amount;Reference\n1/4/26;5;x\n;;\n2/4/26;6;y\n")
    assert reasons == ()
    assert table.headings == ("Date", "Amount", "Reference")
    assert [(row.number, row.cells[0]) for row in table.rows] == [(3, "1/4/26"), (5, "2/4/26")]
