"""What a row of the ledger file says: the partnership's own columns, codes and way to write dates and amounts.

The file is for the accounting system of whoever keeps the partnership's money. Every such system wants other columns,
so the columns are data (docs/domain/rules.md, ledger files).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bookings.rules.prices import ChargeKind
from finance.rules.vat import VatCode
from govuk.rules.choice import Choice
from govuk.rules.phrases import listed
from partnerships.rules.electronic_addresses import ElectronicAddress
from partnerships.rules.reasons import Kind, Reason

# Spreadsheets run a cell that begins like this as a formula; see ``partnerships.spreadsheets.cell``.
FORMULA_SIGNS = "=+-@"
MOST_NAMED = 10  # in one sentence


class LedgerField(Choice):
    """What can stand in a column."""

    DOCUMENT = "document", "Type of document: invoice, credit note, payment"
    NUMBER = "number", "Number of the invoice or credit note"
    INVOICE = "invoice", "Number of the invoice that it belongs to"
    LINE = "line", "Line of the invoice"
    DATE = "date", "Date of the document"
    DUE_DATE = "due_date", "Due date"
    SUPPLIED_ON = "supplied_on", "Date of the event"
    AGENCY = "agency", "Name of the agency"
    AGENCY_REFERENCE = "agency_reference", "Reference of the agency"
    AGENCY_CODE = "agency_code", "Code for the agency"
    PURCHASE_ORDER = "purchase_order", "Purchase order number"
    DESCRIPTION = "description", "Description"
    EVENT = "event", "Reference of the event"
    BOOKING = "booking", "Reference of the booking"
    CHARGE_CODE = "charge_code", "Code for the kind of charge"
    VAT_CODE = "vat_code", "Code for the VAT treatment"
    VAT_RATE = "vat_rate", "VAT rate"
    NET = "net", "Net amount"
    VAT = "vat", "VAT amount"
    GROSS = "gross", "Total amount"
    BATCH = "batch", "Number of the export"
    COPY = "copy", "“Original” or “Copy”"
    FIXED = "fixed", "The same text in every row"


AMOUNTS = frozenset({LedgerField.NET, LedgerField.VAT, LedgerField.GROSS})
CODES = {LedgerField.CHARGE_CODE: "charge", LedgerField.VAT_CODE: "vat"}


class DateStyle(Choice):
    """How dates are written."""

    UK = "%d/%m/%Y", "31/03/2027"
    ISO = "%Y-%m-%d", "2027-03-31"
    COMPACT = "%Y%m%d", "20270331"
    NAMED = "%d-%b-%Y", "31-Mar-2027"


@dataclass(frozen=True)
class FileColumn:
    """A heading and what stands under it; ``text`` is what a column of fixed text repeats."""

    heading: str
    what: LedgerField
    text: str = ""


# What a partnership that has no columns yet can begin with.
USUAL_COLUMNS = (
    FileColumn("Type", LedgerField.DOCUMENT),
    FileColumn("Number", LedgerField.NUMBER),
    FileColumn("Date", LedgerField.DATE),
    FileColumn("Due date", LedgerField.DUE_DATE),
    FileColumn("Customer", LedgerField.AGENCY_REFERENCE),
    FileColumn("Name", LedgerField.AGENCY),
    FileColumn("Order", LedgerField.PURCHASE_ORDER),
    FileColumn("Description", LedgerField.DESCRIPTION),
    FileColumn("Net", LedgerField.NET),
    FileColumn("VAT", LedgerField.VAT),
    FileColumn("Total", LedgerField.GROSS),
)


@dataclass(frozen=True)
class KnownAs:
    """What other systems call an agency: where it takes e-invoices in, and its code in the ledger."""

    electronic: ElectronicAddress | None = None
    ledger_code: str = ""


@dataclass(frozen=True)
class LedgerItem:
    """One row before it is written. Amounts are pounds: above zero if the agency owes more through it."""

    document: str
    number: str
    invoice: str
    on: date
    agency: str
    agency_reference: str
    description: str
    gross: Decimal
    agency_code: str = ""
    net: Decimal | None = None
    vat: Decimal | None = None
    line: int | None = None
    due_on: date | None = None
    supplied_on: date | None = None
    purchase_order: str = ""
    event: str = ""
    booking: str = ""
    charge_kind: str = ""
    vat_treatment: str = ""
    vat_rate: Decimal | None = None


@dataclass(frozen=True)
class FileLayout:
    """The partnership's own columns and codes. ``codes`` are by ("charge" or "vat", kind or treatment)."""

    columns: tuple[FileColumn, ...]
    codes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    dates: DateStyle = DateStyle.UK
    signed: bool = True


def cells_of(item: LedgerItem, layout: FileLayout, batch: int) -> list[str]:
    """The row as text, one cell for each column. What says if it is a copy is filled in at download."""
    return [cell_of(item, column, layout, batch) for column in layout.columns]


def cell_of(item: LedgerItem, column: FileColumn, layout: FileLayout, batch: int) -> str:
    what = column.what
    days = {
        LedgerField.DATE: item.on,
        LedgerField.DUE_DATE: item.due_on,
        LedgerField.SUPPLIED_ON: item.supplied_on,
    }
    amounts = {LedgerField.NET: item.net, LedgerField.VAT: item.vat, LedgerField.GROSS: item.gross}
    plain = {
        LedgerField.FIXED: column.text,
        LedgerField.COPY: "",
        LedgerField.BATCH: batch,
        LedgerField.CHARGE_CODE: layout.codes.get(("charge", item.charge_kind), ""),
        LedgerField.VAT_CODE: layout.codes.get(("vat", item.vat_treatment), ""),
    }
    if what in days:
        day = days[what]
        return day.strftime(layout.dates.value) if day else ""
    if what in amounts:
        amount = amounts[what]
        return "" if amount is None else f"{amount if layout.signed else abs(amount):.2f}"
    if what in plain:
        return str(plain[what])
    value = getattr(item, what.value)
    return "" if value is None else str(value)


def value_for_file(text: str, column: FileColumn, *, copy: bool) -> str | Decimal:
    """A stored cell as the writer of files takes it. Amounts are numbers, so that a minus sign is no formula."""
    if column.what is LedgerField.COPY:
        return "Copy" if copy else "Original"
    return Decimal(text) if column.what in AMOUNTS and text else text


def column_reasons(column: FileColumn, others: Iterable[str]) -> tuple[Reason, ...]:
    """Why the file cannot have this column; ``others`` are the other headings. Codes are names of fields."""
    found: list[Reason] = []
    if column.heading.casefold() in {other.casefold() for other in others}:
        sentence = f"There is already a column called {column.heading}."
        found.append(Reason(Kind.BLOCKS, "heading", sentence, "Choose another heading."))
    found += formula_reasons("heading", "A heading", column.heading)
    if column.what is LedgerField.FIXED and not column.text:
        sentence = "Enter the text for every row."
        found.append(Reason(Kind.BLOCKS, "text", sentence))
    if column.what is not LedgerField.FIXED and column.text:
        sentence = "This column takes its content from the row, so it has no text of its own."
        step = "Remove the text, or select “The same text in every row”."
        found.append(Reason(Kind.BLOCKS, "text", sentence, step))
    return (*found, *formula_reasons("text", "A text", column.text))


def formula_reasons(code: str, what: str, text: str) -> tuple[Reason, ...]:
    """Why a text cannot stand in the file: a spreadsheet would run it as a formula."""
    if not text.startswith(tuple(FORMULA_SIGNS)):
        return ()
    sentence = f"{what} cannot begin with “{text[0]}”: a spreadsheet would treat it as a formula."
    return (Reason(Kind.BLOCKS, code, sentence, "Begin with a letter or a digit."),)


def layout_reasons(layout: FileLayout, items: Sequence[LedgerItem]) -> tuple[Reason, ...]:
    """Why these rows cannot be exported: no columns, or a code that a column needs and nobody has entered."""
    if not layout.columns:
        sentence = "The ledger file has no columns yet."
        return (Reason(Kind.BLOCKS, "no_columns", sentence, "Add the columns first."),)
    used = {CODES[column.what] for column in layout.columns if column.what in CODES}
    wanted = {
        "charge": {
            ChargeKind(one.charge_kind).label for one in items if needs(one, "charge", layout)
        },
        "vat": {VatCode(one.vat_treatment).label for one in items if needs(one, "vat", layout)},
    }
    missing = sorted(label for what in used for label in wanted[what])
    coded = LedgerField.AGENCY_CODE in {column.what for column in layout.columns}
    agencies = sorted({one.agency for one in items if coded and not one.agency_code})
    return (
        *_missing(missing, "Enter it under “Codes and dates”, then export."),
        *_missing(agencies, "Enter it on the agency’s page under “Change where invoices go”."),
    )


def _missing(names: Sequence[str], step: str) -> tuple[Reason, ...]:
    """That these have no code in the ledger."""
    if not names:
        return ()
    shown = [
        *names[:MOST_NAMED],
        *([f"{len(names) - MOST_NAMED} more"] * (len(names) > MOST_NAMED)),
    ]
    sentence = f"No ledger code has been entered for: {listed(shown)}."
    return (Reason(Kind.BLOCKS, "code_missing", sentence, step),)


def needs(item: LedgerItem, what: str, layout: FileLayout) -> bool:
    """Whether a row needs a code that nobody has entered."""
    key = item.charge_kind if what == "charge" else item.vat_treatment
    return bool(key) and not layout.codes.get((what, key))
