"""Finance lays its ledger file out, exports what is new, and can have a copy that says it is one."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tests.journeys.conftest import NewPerson
from tests.journeys.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def downloaded(person: Person, button: str) -> tuple[str, list[list[str]]]:
    """The file that a button gives: its name and its rows."""
    with person.page.expect_download() as started:
        person.page.get_by_role("button", name=button, exact=True).click()
    file = started.value
    text = Path(file.path()).read_text("utf-8-sig")
    return file.suggested_filename, list(csv.reader(text.splitlines()))


def credit_a_pound(finance: Person) -> str:
    """Something new for the ledger: a credit note on an invoice that no other journey pays. Its number."""
    finance.open("/finance/invoices/?state=paid")
    finance.follow(re.compile("^SOTINV"))
    finance.sees("E-invoice")
    finance.follow("Credit line")
    finance.fill("Amount to credit, including VAT", "1.00")
    finance.fill("Reason", "Agreed on the telephone")
    finance.press("Issue the credit note")
    found = re.findall("SOTCN[0-9]+", finance.text)
    return max(found)


# In one town only, whose demonstration has a ledger.
@pytest.mark.parametrize("slug", ["southampton"], indirect=True)
@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_what_is_new_goes_to_the_ledger_once(somebody: NewPerson, javascript: bool) -> None:
    finance = somebody("finance", javascript=javascript)
    number, heading = credit_a_pound(finance), f"Centre {javascript:d}"
    finance.open("/finance/")
    finance.follow("Ledger file")
    finance.follow("Columns")
    finance.follow("Add a column")
    finance.fill("Heading", "=1+1")
    finance.choose("What goes in this column?", "The same text in every row")
    finance.press("Save the column")
    finance.sees("a spreadsheet would treat it as a formula", "Enter the text for every row.")
    finance.fill("Heading", heading)
    finance.fill("Text in every row", "CC-71")
    finance.press("Save the column")
    finance.sees(f"The column {heading} has been saved.")
    finance.open("/finance/ledger/codes/")
    finance.fill("Code for: Attendance fee", "+R")
    finance.press("Save")
    finance.sees("A code cannot begin with “+”")
    finance.fill("Code for: Attendance fee", "R4100")
    finance.press("Save")
    finance.press("Export the new rows")
    finance.sees("exported. Download the file now.")
    name, rows = downloaded(finance, "Download the file (CSV)")
    place = rows[0].index(heading)
    assert [row[place] for row in rows[1:]] == ["CC-71"] * (len(rows) - 1)
    assert any(number in row and "-1.00" in row for row in rows)
    assert all("Original" in row for row in rows[1:])
    finance.page.reload()
    finance.look()
    copy_name, copy = downloaded(finance, "Download a copy (CSV)")
    assert copy_name == name.replace(".csv", "-copy.csv")
    assert [[cell.replace("Copy", "Original") for cell in row] for row in copy[1:]] == rows[1:]
    finance.open("/finance/ledger/")
    finance.sees("0 new rows to export.")
