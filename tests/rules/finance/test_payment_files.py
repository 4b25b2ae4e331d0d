"""Payments as banks and ledgers write them in files, and what is refused in a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from finance.rules.csv_tables import Record
from finance.rules.payment_columns import Meaning
from finance.rules.payment_rows import PaymentRow, amount_of, day_of, payment_rows
from partnerships.rules.reasons import Kind, Reason

TODAY = date(2026, 11, 27)
PLAIN = {Meaning.DAY: 0, Meaning.AMOUNT: 1, Meaning.REFERENCE: 2, Meaning.PAYER: 3}


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
        ("–12.00", "-12.00"),
        ("+12.00", "12.00"),
        ("(12.00)", "-12.00"),
        ("12.00 DR", "-12.00"),
        ("12.34CR", "12.34"),
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


def rows_of(*cells: list[str]) -> tuple[list[PaymentRow], list[Reason]]:
    records = [Record(number, tuple(row)) for number, row in enumerate(cells, 2)]
    return payment_rows(records, PLAIN, TODAY)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (["", "50", "x"], "it has no date."),
        (
            ["31/02/2026", "50", "x"],
            "“31/02/2026” is not a date. Write dates like 31/03/2026.",
        ),
        (["9" * 41, "50", "x"], f"“{'9' * 40}” is not a date. Write dates like 31/03/2026."),
        (["28/11/2026", "50", "x"], "28 November 2026 is in the future."),
        (["31/12/1999", "50", "x"], "31 December 1999 is before 1 January 2000."),
        (["1/4/2026", "", "x"], "it has no amount."),
        (["1/4/2026", "-", "x"], "it has no amount."),
        (["1/4/2026"], "it has no amount."),
        (["1/4/2026", "0.00", "x"], "its amount is zero."),
        (["1/4/2026", "10000000", "x"], "its amount is too large."),
        (["1/4/2026", "fifty", "x"], "“fifty” is not an amount. Write amounts like 1234.50."),
        (["1/4/2026", "=1+1", "x"], "“=1+1” is not an amount. Write amounts like 1234.50."),
        (
            ["1/4/2026", "x" * 41, "x"],
            f"“{'x' * 40}” is not an amount. Write amounts like 1234.50.",
        ),
        (
            ["1/4/2026", "50", "=HYPERLINK(1)"],
            "“=HYPERLINK(1)” begins with “=”, which a spreadsheet would treat as a formula.",
        ),
        (
            ["1/4/2026", "50", "+44"],
            "“+44” begins with “+”, which a spreadsheet would treat as a formula.",
        ),
        (
            ["1/4/2026", "50", "x", "@" * 41],
            f"“{'@' * 40}” begins with “@”, which a spreadsheet would treat as a formula.",
        ),
    ],
)
def test_a_row_that_is_no_payment_is_named_with_what_is_wrong(cells: list[str], fault: str) -> None:
    assert rows_of(cells) == ([], [Reason(Kind.BLOCKS, "row", f"Row 2: {fault}")])


def test_payments_of_a_file_with_the_number_of_their_row_and_how_many_are_alike() -> None:
    one = ["1/4/2026", "50", "Fees", "School"]
    day = date(2026, 4, 1)
    assert rows_of(one, ["1/4/2026", "5", "Fees", "School"], one, one) == (
        [
            PaymentRow(2, day, Decimal(50), "Fees", "School", nth=1),
            PaymentRow(3, day, Decimal(5), "Fees", "School", nth=1),
            PaymentRow(4, day, Decimal(50), "Fees", "School", nth=2),
            PaymentRow(5, day, Decimal(50), "Fees", "School", nth=3),
        ],
        [],
    )


def test_today_and_the_largest_amount_are_still_payments() -> None:
    rows, faults = rows_of(["27/11/2026", "9,999,999.99", "-", "-"], ["1/1/2000", "-1", "", ""])
    assert faults == []
    assert [(row.amount, row.reference, row.payer) for row in rows] == [
        (Decimal("9999999.99"), "", ""),
        (Decimal("-1"), "", ""),
    ]


def test_every_bad_row_is_reported_at_once() -> None:
    _, faults = rows_of(["1/4/2026", "50", "x"], ["", "50", "x"], ["1/4/2026", "", "x"])
    assert [fault.sentence.split(":")[0] for fault in faults] == ["Row 3", "Row 4"]


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
