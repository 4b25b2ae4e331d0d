"""CSV files as people export them: from bytes to rows, and what is refused in a sentence."""

from __future__ import annotations

import pytest

from finance.rules.csv_tables import (
    LARGEST_FILE,
    MOST_ROWS,
    Record,
    content_reasons,
    decoded,
    read_records,
    separator_of,
    size_reasons,
    too_many_reasons,
)
from partnerships.rules.reasons import Kind, Reason

TEXT = "Date,Amount,Reference\n01/04/2026,£50.00,INV20260001 Crèche\n"
SAVE = "Export the payments again, or save them as CSV, and upload that file."
SHORTER = "Upload the payments of a shorter period."
MORE_THAN_TEXT = "This is not a CSV file: it holds more than text."


def about_file(sentence: str, step: str) -> tuple[Reason, ...]:
    return (Reason(Kind.BLOCKS, "file", sentence, step),)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_every_usual_encoding_is_read_with_a_mark_and_without(encoding: str) -> None:
    content = TEXT.encode(encoding)
    assert content_reasons(content) == ()
    assert decoded(content) == TEXT


@pytest.mark.parametrize("mark", [b"\xff\xfe\x00\x00", b"\xef\xbb\xbf"])
def test_a_mark_and_nothing_that_fits_it_is_no_text(mark: bytes) -> None:
    assert decoded(mark + b"\xff\xfe\xff\xfe\xff") is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ĀA", id="a zero in both bytes: the smaller byte comes first"),
        pytest.param("ȀAB", id="most zeros in the second byte"),
        pytest.param("ĀA" * 250 + "Ā", id="only the first 1,000 bytes count"),
    ],
)
def test_which_byte_comes_first_is_told_by_most_zeros(text: str) -> None:
    assert decoded(text.encode("utf-16-le")) == text


def test_a_zero_after_the_first_1_000_bytes_does_not_make_two_bytes_a_letter() -> None:
    assert decoded(b"x" * 1000 + b"\x00") == "x" * 1000 + "\x00"


@pytest.mark.parametrize(
    ("content", "sentence", "step"),
    [
        (b"", "The file is empty.", ""),
        (b" \r\n\r\n", "The file is empty.", ""),
        (b"MZ\x90\x00\x03", "This is a program, not a CSV file.", SAVE),
        (b"\x7fELF\x02\x01", "This is a program, not a CSV file.", SAVE),
        (b"#!/bin/sh\nrm", "This is a program, not a CSV file.", SAVE),
        (b"\xcf\xfa\xed\xfe\x07", "This is a program, not a CSV file.", SAVE),
        (
            b"PK\x03\x04\x14\x00",
            "This is an Excel workbook or a zip file, not a CSV file.",
            SAVE,
        ),
        (b"\xd0\xcf\x11\xe0\xa1", "This is an Excel workbook, not a CSV file.", SAVE),
        (b"%PDF-1.7", "This is a PDF document, not a CSV file.", SAVE),
        (b"  <html><body>", "This is a web page or an XML file, not a CSV file.", SAVE),
        (b'{"rows": []}', "This is a data file of another kind, not a CSV file.", SAVE),
        (b"Date,Amount\x01\n", MORE_THAN_TEXT, SAVE),
        (b"\x81\x8d\x8f\x90\x9d", MORE_THAN_TEXT, SAVE),
        (b"x" * (LARGEST_FILE + 1), "The file is larger than 5 MB.", SHORTER),
    ],
)
def test_what_is_no_csv_file_is_refused_in_a_sentence(
    content: bytes, sentence: str, step: str
) -> None:
    assert content_reasons(content) == about_file(sentence, step)


def test_a_file_is_refused_by_its_size_before_it_is_read() -> None:
    assert size_reasons(0) == about_file("The file is empty.", "")
    assert size_reasons(1) == size_reasons(LARGEST_FILE) == ()
    assert size_reasons(LARGEST_FILE + 1) == about_file("The file is larger than 5 MB.", SHORTER)


def test_a_file_has_no_more_rows_than_can_be_read_at_once() -> None:
    sentence = "The file has 5,001 rows. 5,000 is the most that can be read at once."
    assert too_many_reasons(MOST_ROWS) == ()
    assert too_many_reasons(MOST_ROWS + 1) == about_file(sentence, SHORTER)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_usual_separator_is_told_from_the_rows(separator: str) -> None:
    rows = [["Date", "Amount", "Reference"], ["1/4/26", '"1,50"', "a"], ["2/4/26", "3", "b"]]
    text = "\n".join(separator.join(row) for row in rows)
    assert separator_of(text) == separator
    assert read_records(text)[1].cells[2] == "a"


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        pytest.param("A;B\n1;2\n", ";", id="two columns are enough"),
        pytest.param("A,B\n1,2\n3,4;5;6\n", ",", id="more rows count before more cells"),
        pytest.param('A;"B"C\n', ",", id="one by which the file cannot be read is not chosen"),
        pytest.param("words\n", ",", id="none"),
        pytest.param("", ",", id="no rows"),
    ],
)
def test_the_separator_is_the_one_that_most_rows_agree_on(text: str, separator: str) -> None:
    assert separator_of(text) == separator


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_end_as_any_system_ends_them(end: str) -> None:
    assert read_records(f"A,B{end}1,2{end}") == [Record(1, ("A", "B")), Record(2, ("1", "2"))]


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    text = 'A,B\r\n\r\n1,"two\r\nlines"\r\n,\r\n3,  many   spaces \r\n'
    assert read_records(text) == [
        Record(1, ("A", "B")),
        Record(3, ("1", "two lines")),
        Record(5, ("3", "many spaces")),
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("sep=;\r\nA;B,C\r\n1;2\r\n", [Record(2, ("A", "B,C")), Record(3, ("1", "2"))]),
        # Whatever separator the rows seem to have.
        ("sep=;\nA,B\n1,2\n", [Record(2, ("A,B",)), Record(3, ("1,2",))]),
    ],
)
def test_excels_own_first_line_names_the_separator(text: str, rows: list[Record]) -> None:
    assert read_records(text) == rows


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('A,"B\n', 1),
        ('A,B\n1,2\n"3,4\n', 3),
        ('sep=;\nA;"B\n', 2),
        ('sep=;\nA;B\n1;"2\n', 3),
    ],
)
def test_quotation_marks_that_do_not_close_are_named_by_their_row(text: str, row: int) -> None:
    with pytest.raises(ValueError, match=r"\ARow") as refused:
        read_records(text)
    assert str(refused.value) == f"Row {row} cannot be read: its quotation marks do not close."
