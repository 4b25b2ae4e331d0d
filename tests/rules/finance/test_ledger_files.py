"""Rows of the ledger file, what columns and codes may be, and what is missing before an export."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from finance.rules.ledger_files import (
    USUAL_COLUMNS,
    DateStyle,
    FileColumn,
    FileLayout,
    LedgerField,
    LedgerItem,
    cells_of,
    column_reasons,
    formula_reasons,
    layout_reasons,
    value_for_file,
)
from partnerships.rules.reasons import Kind, Reason, codes

D = Decimal
LINE = LedgerItem(
    document="Invoice",
    number="INV20270001",
    invoice="INV20270001",
    on=date(2027, 3, 31),
    due_on=date(2027, 4, 30),
    supplied_on=date(2027, 3, 4),
    agency="Harbour School",
    agency_reference="harbour-school",
    agency_code="C-1007",
    purchase_order="PO-7",
    description="Non-attendance fee",
    event="EV1",
    booking="BK1",
    charge_kind="no_show",
    vat_treatment="outside_scope",
    vat_rate=D("0.00"),
    line=2,
    net=D("50.00"),
    vat=D("0.00"),
    gross=D("50.00"),
)
CREDIT = replace(
    LINE, document="Credit note", number="CN20270001", net=D(-5), vat=D(0), gross=D(-5)
)
PAYMENT = LedgerItem(
    document="Payment",
    number="INV20270001",
    invoice="INV20270001",
    on=date(2027, 4, 2),
    agency="Harbour School",
    agency_reference="harbour-school",
    agency_code="C-1007",
    description="BACS 1",
    gross=D("-45.00"),
)
CODED = {("charge", "no_show"): "4711", ("vat", "outside_scope"): "T9"}


def layout(*what: LedgerField, **said: Any) -> FileLayout:
    columns = tuple(FileColumn(one.value, one) for one in what)
    return FileLayout(columns, **{"codes": CODED} | said)


@pytest.mark.parametrize(
    ("what", "line", "payment"),
    [
        (LedgerField.DOCUMENT, "Invoice", "Payment"),
        (LedgerField.NUMBER, "INV20270001", "INV20270001"),
        (LedgerField.INVOICE, "INV20270001", "INV20270001"),
        (LedgerField.LINE, "2", ""),
        (LedgerField.DATE, "31/03/2027", "02/04/2027"),
        (LedgerField.DUE_DATE, "30/04/2027", ""),
        (LedgerField.SUPPLIED_ON, "04/03/2027", ""),
        (LedgerField.AGENCY, "Harbour School", "Harbour School"),
        (LedgerField.AGENCY_REFERENCE, "harbour-school", "harbour-school"),
        (LedgerField.AGENCY_CODE, "C-1007", "C-1007"),
        (LedgerField.PURCHASE_ORDER, "PO-7", ""),
        (LedgerField.DESCRIPTION, "Non-attendance fee", "BACS 1"),
        (LedgerField.EVENT, "EV1", ""),
        (LedgerField.BOOKING, "BK1", ""),
        (LedgerField.CHARGE_CODE, "4711", ""),
        (LedgerField.VAT_CODE, "T9", ""),
        (LedgerField.VAT_RATE, "0.00", ""),
        (LedgerField.NET, "50.00", ""),
        (LedgerField.VAT, "0.00", ""),
        (LedgerField.GROSS, "50.00", "-45.00"),
        (LedgerField.BATCH, "12", "12"),
        (LedgerField.COPY, "", ""),
        (LedgerField.FIXED, "", ""),
    ],
)
def test_every_content_of_a_column(what: LedgerField, line: str, payment: str) -> None:
    assert [cells_of(item, layout(what), 12) for item in (LINE, PAYMENT)] == [[line], [payment]]


def test_the_table_above_knows_every_content() -> None:
    [table] = test_every_content_of_a_column.pytestmark  # type: ignore[attr-defined]
    assert {case[0] for case in table.args[1]} == set(LedgerField)


@pytest.mark.parametrize(
    ("style", "written"),
    [
        (DateStyle.UK, "31/03/2027"),
        (DateStyle.ISO, "2027-03-31"),
        (DateStyle.COMPACT, "20270331"),
        (DateStyle.NAMED, "31-Mar-2027"),
    ],
)
def test_dates_are_written_as_the_ledger_wants(style: DateStyle, written: str) -> None:
    assert cells_of(LINE, layout(LedgerField.DATE, dates=style), 1) == [written]
    assert style.label == written


def test_fixed_text_and_sign() -> None:
    columns = (FileColumn("Cost centre", LedgerField.FIXED, "CC9"), *USUAL_COLUMNS[-3:])
    assert cells_of(CREDIT, FileLayout(columns), 1) == ["CC9", "-5.00", "0.00", "-5.00"]
    assert cells_of(CREDIT, FileLayout(columns, signed=False), 1) == ["CC9", "5.00", "0.00", "5.00"]


@pytest.mark.parametrize(
    ("what", "text", "copy", "value"),
    [
        (LedgerField.COPY, "", False, "Original"),
        (LedgerField.COPY, "", True, "Copy"),
        (LedgerField.NET, "-5.00", False, D("-5.00")),
        (LedgerField.NET, "", False, ""),
        (LedgerField.VAT, "1.00", True, D("1.00")),
        (LedgerField.GROSS, "2.00", True, D("2.00")),
        (LedgerField.DESCRIPTION, "-5.00", False, "-5.00"),
    ],
)
def test_amounts_are_numbers_in_the_file(
    what: LedgerField, text: str, copy: bool, value: Any
) -> None:
    found = value_for_file(text, FileColumn("Any", what), copy=copy)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (FileColumn("Net", LedgerField.NET), set()),
        (FileColumn("type", LedgerField.NET), {"heading"}),
        (FileColumn("TYPE", LedgerField.FIXED), {"heading", "text"}),
        (FileColumn("=1+1", LedgerField.NET), {"heading"}),
        (FileColumn("@net", LedgerField.NET), {"heading"}),
        (FileColumn("Cost centre", LedgerField.FIXED, "CC9"), set()),
        (FileColumn("Cost centre", LedgerField.FIXED), {"text"}),
        (FileColumn("Cost centre", LedgerField.FIXED, "+44"), {"text"}),
        (FileColumn("Net", LedgerField.NET, "CC9"), {"text"}),
        (FileColumn("Net", LedgerField.NET, "-"), {"text"}),
    ],
)
def test_what_can_be_a_column(column: FileColumn, expected: set[str]) -> None:
    assert codes(column_reasons(column, ["Type"])) == expected


BEGIN = "Begin with a letter or a digit."
FORMULA = "cannot begin with “-”: a spreadsheet would treat it as a formula."


@pytest.mark.parametrize(
    ("column", "code", "sentence", "step"),
    [
        (
            FileColumn("TYPE", LedgerField.NET),
            *("heading", "There is already a column called TYPE.", "Choose another heading."),
        ),
        (FileColumn("-", LedgerField.NET), "heading", f"A heading {FORMULA}", BEGIN),
        (FileColumn("Any", LedgerField.FIXED), "text", "Enter the text for every row.", ""),
        (FileColumn("Any", LedgerField.FIXED, "-"), "text", f"A text {FORMULA}", BEGIN),
        (
            FileColumn("Any", LedgerField.NET, "x"),
            "text",
            "This column takes its content from the row, so it has no text of its own.",
            "Remove the text, or select “The same text in every row”.",
        ),
    ],
)
def test_the_sentences_about_a_column(
    column: FileColumn, code: str, sentence: str, step: str
) -> None:
    assert column_reasons(column, ["Type"]) == (Reason(Kind.BLOCKS, code, sentence, step),)


@pytest.mark.parametrize(("text", "ok"), [("T9", True), ("", True), ("=A1", False), ("-1", False)])
def test_no_code_begins_like_a_formula(text: str, ok: bool) -> None:
    assert (formula_reasons("code", "A code", text) == ()) is ok


WITHOUT = "No ledger code has been entered for:"
UNDER_CODES = "Enter it under “Codes and dates”, then export."
ON_ITS_PAGE = "Enter it on the agency’s page under “Change where invoices go”."


@pytest.mark.parametrize(
    ("asked", "said", "sentences"),
    [
        ((LedgerField.NET,), {"codes": {}}, ()),
        ((LedgerField.CHARGE_CODE, LedgerField.VAT_CODE), {}, ()),
        ((LedgerField.CHARGE_CODE,), {"codes": {}}, ("Non-attendance fee",)),
        (
            (LedgerField.VAT_CODE, LedgerField.CHARGE_CODE),
            {"codes": {("vat", "zero"): "T0"}},
            ("Non-attendance fee and Outside the scope of VAT",),
        ),
    ],
)
def test_what_is_missing_before_an_export(
    asked: tuple[LedgerField, ...], said: dict[str, Any], sentences: tuple[str, ...]
) -> None:
    assert layout_reasons(layout(*asked, **said), [LINE, CREDIT, PAYMENT]) == tuple(
        missing(names, UNDER_CODES) for names in sentences
    )


def missing(names: str, step: str) -> Reason:
    return Reason(Kind.BLOCKS, "code_missing", f"{WITHOUT} {names}.", step)


def test_a_file_without_columns_cannot_be_exported() -> None:
    sentence = "The ledger file has no columns yet."
    assert layout_reasons(layout(), [LINE]) == (
        Reason(Kind.BLOCKS, "no_columns", sentence, "Add the columns first."),
    )


def of(agency: str, code: str) -> LedgerItem:
    """A row of an agency that has such a code in the ledger."""
    return replace(LINE, agency=agency, agency_code=code)


@pytest.mark.parametrize(
    ("asked", "items", "names"),
    [
        pytest.param(LedgerField.AGENCY_CODE, [of("Hill School", "C-1")], "", id="has a code"),
        pytest.param(LedgerField.AGENCY, [of("Hill School", "")], "", id="no such column"),
        pytest.param(
            LedgerField.AGENCY_CODE,
            [of("Quay School", ""), of("Dale School", "C-1"), *[of("Hill School", "")] * 2],
            "Hill School and Quay School",
            id="each once, by name",
        ),
        pytest.param(
            LedgerField.AGENCY_CODE,
            [of(letter, "") for letter in "ABCDEFGHIJ"],
            "A, B, C, D, E, F, G, H, I and J",
            id="ten are named",
        ),
        pytest.param(
            LedgerField.AGENCY_CODE,
            [of(letter, "") for letter in "ABCDEFGHIJKL"],
            "A, B, C, D, E, F, G, H, I, J and 2 more",
            id="more than ten are counted",
        ),
    ],
)
def test_which_agencies_have_no_code(
    asked: LedgerField, items: list[LedgerItem], names: str
) -> None:
    found = layout_reasons(layout(asked), items)
    assert found == ((missing(names, ON_ITS_PAGE),) if names else ())
