"""Which columns of a payment file mean what: recognised by their headings, or told once by a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from finance.rules.csv_tables import (
    Record,
    content_reasons,
    decoded,
    read_records,
    too_many_reasons,
)
from govuk.rules.choice import Choice
from partnerships.rules.reasons import Kind, Reason


class Meaning(Choice):
    """What a column of a payment file can mean."""

    DAY = "day", "Date"
    AMOUNT = "amount", "Amount"
    PAID_IN = "paid_in", "Paid in"
    PAID_OUT = "paid_out", "Paid out"
    REFERENCE = "reference", "Reference"
    DETAILS = "details", "Description"
    PAYER = "payer", "Payer"


# Where a file has two of them, the first one named here is it.
HEADINGS: dict[Meaning, tuple[str, ...]] = {
    Meaning.DAY: (
        *("date", "transaction date", "payment date", "date received", "received on"),
        *("posting date", "posted date", "booking date", "entry date", "process date"),
        *("receipt date", "value date", "bank date"),
    ),
    Meaning.AMOUNT: (
        *("amount", "value", "transaction amount", "payment amount", "amount received"),
        *("receipt amount", "amount gbp", "gross amount"),
    ),
    Meaning.PAID_IN: (
        *("paid in", "money in", "credit", "credit amount", "credits", "receipts", "receipt"),
        *("amount credited", "credit gbp"),
    ),
    Meaning.PAID_OUT: (
        *("paid out", "money out", "debit", "debit amount", "debits", "withdrawals"),
        *("amount debited", "debit gbp"),
    ),
    Meaning.REFERENCE: (
        *("reference", "payment reference", "customer reference", "your reference"),
        *("transaction reference", "bank reference", "remittance reference", "ref"),
    ),
    Meaning.DETAILS: (
        *("description", "transaction description", "details", "transaction details"),
        *("narrative", "memo", "particulars", "remittance information", "text"),
    ),
    Meaning.PAYER: (
        *("payer", "payer name", "paid by", "counterparty", "counter party", "counterparty name"),
        *("customer", "customer name", "remitter", "from", "name"),
    ),
}
TEXTS = (Meaning.REFERENCE, Meaning.DETAILS, Meaning.PAYER)
MONEY = (Meaning.AMOUNT, Meaning.PAID_IN)
LOOKED_THROUGH = (
    20  # rows in which the headings are looked for; banks put the account's name above them
)
Columns = Mapping[Meaning, int]  # the position of each in a row, from 0


@dataclass(frozen=True)
class Table:
    """What a file holds below its headings."""

    headings: tuple[str, ...]
    rows: tuple[Record, ...]


def table_of(content: bytes) -> tuple[Table, tuple[Reason, ...]]:
    """The headings and rows of a file; an empty table with the reasons why it cannot be read."""
    empty = Table((), ())
    if found := content_reasons(content):
        return empty, found
    try:
        records = read_records(decoded(content) or "")
    except ValueError as fault:
        return empty, (Reason(Kind.BLOCKS, "file", str(fault)),)
    position = headings_in(records)
    if position is None:
        sentence = "The file has only one column."
        step = "Upload a file with headings, and at least a date, an amount and a reference."
        return empty, (Reason(Kind.BLOCKS, "file", sentence, step),)
    rows = tuple(records[position + 1 :])
    if not rows:
        sentence = "The file has headings and nothing below them."
        return empty, (Reason(Kind.BLOCKS, "file", sentence),)
    return Table(records[position].cells, rows), too_many_reasons(len(rows))


def plain(heading: str) -> str:
    """A heading without signs, brackets and capitals: "Amount (£)" is "amount"."""
    return " ".join(re.sub(r"\(.*?\)|[^a-z ]", " ", heading.lower()).split())


def recognised(headings: Sequence[str]) -> Columns | None:
    """The columns that say what they are; None unless that is enough to read payments."""
    plain_ones = [plain(heading) for heading in headings]
    found: dict[Meaning, int] = {}
    for column, names in HEADINGS.items():
        known = [plain_ones.index(name) for name in names if name in plain_ones]
        if known:
            found[column] = known[0]
    if Meaning.PAID_IN in found:  # a single amount beside it is something else, such as the balance
        found.pop(Meaning.AMOUNT, None)
    return None if columns_reasons(found) else found


def columns_reasons(columns: Columns) -> tuple[Reason, ...]:
    """Why payments cannot be read with these columns."""
    found = []
    if Meaning.DAY not in columns:
        found.append(Reason(Kind.BLOCKS, Meaning.DAY, "Select the column with the date."))
    if not any(column in columns for column in MONEY):
        sentence = "Select the column with the amount, or the one with what was paid in."
        found.append(Reason(Kind.BLOCKS, Meaning.AMOUNT, sentence))
    if Meaning.AMOUNT in columns and {Meaning.PAID_IN, Meaning.PAID_OUT} & set(columns):
        sentence = "Select either the amount, or what was paid in and paid out, but not both."
        found.append(Reason(Kind.BLOCKS, Meaning.AMOUNT, sentence))
    if not any(column in columns for column in TEXTS):
        sentence = "Select a column with the reference, the description or the payer."
        found.append(Reason(Kind.BLOCKS, Meaning.REFERENCE, sentence))
    if len(set(columns.values())) < len(columns):
        sentence = "Select each column of the file only once."
        found.append(Reason(Kind.BLOCKS, "columns", sentence))
    return tuple(found)


def headings_in(records: Sequence[Record]) -> int | None:
    """The position of the row with the headings: the first that we know, or else the first of the usual width."""
    first = records[:LOOKED_THROUGH]
    for position, record in enumerate(first):
        if recognised(record.cells) is not None:
            return position
    widest = max((len([cell for cell in one.cells if cell]) for one in first), default=0)
    if widest < 2:
        return None
    return next(
        position
        for position, one in enumerate(first)
        if len([cell for cell in one.cells if cell]) >= max(2, widest - 1)
    )


def headings_digest(headings: Sequence[str]) -> str:
    """Names a kind of file by its headings, so that its columns have to be told only once."""
    return sha256("\x1f".join(plain(one) or one for one in headings).encode()).hexdigest()
