"""Rows of a payment file: day, amount and words, or what is wrong with each row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

from finance.rules.csv_tables import Record
from finance.rules.payment_columns import Columns, Meaning
from govuk.rules.phrases import MONTHS, short_date
from partnerships.rules.cells import FORMULA_STARTS
from partnerships.rules.reasons import Kind, Reason

MOST_MONEY = Decimal("9999999.99")
LONGEST_TEXT, LONGEST_PAYER = 300, 200
EARLIEST = date(2000, 1, 1)
BAD_ROW = "row"  # the code of a reason about one row
NAMES_OF_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
DAYS = (
    re.compile(r"(?P<day>\d{1,2})[/. -](?P<month>\d{1,2})[/. -](?P<year>\d{4}|\d{2})"),
    re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<day>\d{1,2})[ -](?P<name>[A-Za-z]{3,9})[ -](?P<year>\d{4}|\d{2})"),
)
CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$")
IN_BRACKETS = re.compile(r"\((.*)\)")
CONTINENTAL = re.compile(r"\d{1,3}(\.\d{3})*,\d{1,2}|\d+,\d{1,2}")  # 1.234,50
BRITISH = re.compile(r"(\d{1,3}(,\d{3})+|\d+)?(\.\d{1,2})?")  # 1,234.50


@dataclass(frozen=True)
class PaymentRow:
    """Money that came in, in pounds, or that was paid out, below zero. ``nth``: of rows that are alike in one file."""

    number: int
    day: date
    amount: Decimal
    reference: str
    payer: str
    nth: int = 1

    @property
    def fingerprint(self) -> str:
        """Names the payment, so that it is known again in another file that overlaps with this one."""
        said = (self.day.isoformat(), f"{self.amount:.2f}", self.reference, self.payer)
        return sha256("\x1f".join((*said, str(self.nth))).lower().encode()).hexdigest()


def payment_rows(
    records: Iterable[Record], columns: Columns, today: date
) -> tuple[list[PaymentRow], list[Reason]]:
    """The payments of a file, and a reason for each row that is none. Nothing is used if there is any."""
    found: list[PaymentRow] = []
    faults: list[Reason] = []
    alike: Counter[PaymentRow] = Counter()
    for record in records:
        try:
            row = _payment(record, columns, today)
        except ValueError as fault:
            faults.append(Reason(Kind.BLOCKS, BAD_ROW, f"Row {record.number}: {fault}"))
            continue
        same = replace(row, number=0)
        alike[same] += 1
        found.append(replace(row, nth=alike[same]))
    return found, faults


def day_of(text: str) -> date | None:
    """A date as banks write it, the day before the month; None if it is none."""
    said = CLOCK.sub("", text)
    for pattern in DAYS:
        match = pattern.fullmatch(said)
        if match is None:
            continue
        parts = match.groupdict()
        year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
        month = int(
            parts.get("month") or NAMES_OF_MONTHS.get((parts.get("name") or "")[:3].lower(), 0)
        )
        try:
            return date(year, month, int(parts["day"]))
        except ValueError:
            return None
    return None


def amount_of(text: str) -> Decimal | None:
    """Pounds as banks and ledgers write them: £1,234.50, 1.234,50, (50.00), 50.00-, 50.00 DR; None if it is none."""
    said = re.sub(r"[£\s']|GBP", "", text.upper()).replace("\u2212", "-").replace("\u2013", "-")
    below = False
    if match := IN_BRACKETS.fullmatch(said):
        said, below = match.group(1), True
    if said.endswith(("CR", "DR")):
        said, below = said[:-2], below ^ said.endswith("DR")
    for sign in ("-", "+"):
        if said.startswith(sign) or said.endswith(sign):
            said, below = said.strip(sign), below ^ (sign == "-")
    if CONTINENTAL.fullmatch(said):
        said = said.replace(".", "").replace(",", ".")
    elif said and BRITISH.fullmatch(said):
        said = said.replace(",", "")
    else:
        return None
    amount = Decimal(said)
    return -amount if below else amount


def _payment(record: Record, columns: Columns, today: date) -> PaymentRow:
    """One row; ValueError says what is wrong with it."""
    texts = {column: _cell(record.cells, columns, column) for column in Meaning}
    words = {
        column: _words(texts[column])
        for column in (Meaning.REFERENCE, Meaning.DETAILS, Meaning.PAYER)
    }
    reference = " ".join(filter(None, (words[Meaning.REFERENCE], words[Meaning.DETAILS])))
    return PaymentRow(
        number=record.number,
        day=_day(texts[Meaning.DAY], today),
        amount=_amount(texts),
        reference=reference[:LONGEST_TEXT],
        payer=words[Meaning.PAYER][:LONGEST_PAYER],
    )


def _cell(cells: Sequence[str], columns: Columns, column: Meaning) -> str:
    position = columns.get(column)
    if position is None or position >= len(cells):
        return ""
    return cells[position]


def _day(text: str, today: date) -> date:
    if not text:
        raise ValueError("it has no date.")
    day = day_of(text)
    if day is None:
        raise ValueError(f"“{text[:40]}” is not a date. Write dates like 31/03/2026.")
    if not EARLIEST <= day <= today:
        when = "in the future" if day > today else f"before {short_date(EARLIEST)}"
        raise ValueError(f"{short_date(day)} is {when}.")
    return day


def _amount(texts: dict[Meaning, str]) -> Decimal:
    """One amount, or what was paid in less what was paid out."""
    parts = {
        column: _pounds(texts[column])
        for column in (Meaning.AMOUNT, Meaning.PAID_IN, Meaning.PAID_OUT)
        if texts[column] not in {"", "-"}
    }
    if not parts:
        raise ValueError("it has no amount.")
    # Some banks write what was paid out below zero, others above it.
    out = abs(parts.get(Meaning.PAID_OUT, Decimal(0)))
    amount = parts.get(Meaning.AMOUNT, Decimal(0)) + parts.get(Meaning.PAID_IN, Decimal(0)) - out
    if not amount:
        raise ValueError("its amount is zero.")
    if abs(amount) > MOST_MONEY:
        raise ValueError("its amount is too large.")
    return amount


def _pounds(text: str) -> Decimal:
    amount = amount_of(text)
    if amount is None:
        raise ValueError(f"“{text[:40]}” is not an amount. Write amounts like 1234.50.")
    return amount


def _words(text: str) -> str:
    """Text that no spreadsheet would run; some banks write a single dash for nothing."""
    if text == "-":
        return ""
    if text.startswith(FORMULA_STARTS):
        raise ValueError(
            f"“{text[:40]}” begins with “{text[0]}”, which a spreadsheet would treat as a formula."
        )
    return text
