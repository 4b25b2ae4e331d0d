"""A CSV file as someone exports it: from its bytes to its rows, or why it is not one.

Any usual encoding and separator will do, with a byte order mark or without.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from io import StringIO

from partnerships.rules.reasons import Kind, Reason

LARGEST_FILE = 5_000_000  # bytes; twenty times a busy year of one partnership
MOST_ROWS = 5_000
SEPARATORS = (",", ";", "\t", "|")
LOOKED_AT = 40  # rows from which the separator is told

# The longer mark first: the one of UTF-32 begins like the one of UTF-16.
MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# How files begin that are something else, whatever they are called.
BEGINNINGS = (
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"#!", "a program"),
    (b"PK\x03\x04", "an Excel workbook or a zip file"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook"),
    (b"%PDF", "a PDF document"),
    (b"{", "a data file of another kind"),
    (b"<", "a web page or an XML file"),
)
SAVE_AS = "Export the payments again, or save them as CSV, and upload that file."
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
NAMED_SEPARATOR = re.compile(r"\A\s*\"?sep=(.)\"?\r?\n", re.IGNORECASE)  # Excel's own first line


@dataclass(frozen=True)
class Record:
    """One row of a file. ``number`` is the one that a spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]


def size_reasons(size: int) -> tuple[Reason, ...]:
    """Why a file of so many bytes is not read."""
    if size > LARGEST_FILE:
        sentence = f"The file is larger than {LARGEST_FILE // 1_000_000} MB."
        return (_about_file(sentence, "Upload the payments of a shorter period."),)
    return () if size else (_about_file("The file is empty."),)


def content_reasons(content: bytes) -> tuple[Reason, ...]:
    """Why these bytes are not a CSV file; empty if they can be one."""
    found = size_reasons(len(content))
    if found:
        return found
    for beginning, what in BEGINNINGS:
        if content.lstrip().startswith(beginning):
            return (_about_file(f"This is {what}, not a CSV file.", SAVE_AS),)
    text = decoded(content)
    if text is None or CONTROLS.search(text):
        return (_about_file("This is not a CSV file: it holds more than text.", SAVE_AS),)
    return () if text.strip() else (_about_file("The file is empty."),)


def decoded(content: bytes) -> str | None:
    """The text, by its mark, its zero bytes or the first encoding that fits; None if it is none that we know."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _text(content, encoding)
    if b"\x00" in content[:1000]:
        # Of ASCII in two bytes, the zero comes second if the smaller byte comes first.
        first_is_zero = content[:1000:2].count(0) > content[1:1000:2].count(0)
        return _text(content, "utf-16-be" if first_is_zero else "utf-16-le")
    as_utf8 = _text(content, "utf-8")
    return _text(content, "cp1252") if as_utf8 is None else as_utf8


def read_records(text: str) -> list[Record]:
    """Every row that holds something. Raises ValueError, with a sentence, if quotation marks do not close."""
    named = NAMED_SEPARATOR.match(text)
    body = text[named.end() :] if named else text
    separator = named.group(1) if named else separator_of(text)
    first = 2 if named else 1
    found, number = [], first - 1
    try:
        for number, cells in enumerate(_reader(body, separator), first):
            tidy = tuple(" ".join(cell.split()) for cell in cells)
            if any(tidy):
                found.append(Record(number, tidy))
    except csv.Error as error:
        raise ValueError(
            f"Row {number + 1} cannot be read: its quotation marks do not close."
        ) from error
    return found


def separator_of(text: str) -> str:
    """The sign by which most rows fall into the same number of cells."""

    def agreement(separator: str) -> tuple[int, int]:
        widths: Counter[int] = Counter()
        try:
            for _, cells in zip(range(LOOKED_AT), _reader(text, separator), strict=False):
                widths[len(cells)] += 1
        except csv.Error:
            return (0, 0)
        found = [(number, width) for width, number in widths.items() if width > 1]
        return max(found, default=(0, 0))

    return max(SEPARATORS, key=agreement)


def too_many_reasons(rows: int) -> tuple[Reason, ...]:
    """Why so many rows are not read at once."""
    if rows <= MOST_ROWS:
        return ()
    sentence = f"The file has {rows:,} rows. {MOST_ROWS:,} is the most that can be read at once."
    return (_about_file(sentence, "Upload the payments of a shorter period."),)


def _reader(text: str, separator: str) -> csv._reader:  # type: ignore[name-defined]
    return csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)


def _text(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _about_file(sentence: str, next_step: str = "") -> Reason:
    return Reason(Kind.BLOCKS, "file", sentence, next_step)
