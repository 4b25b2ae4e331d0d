"""Finance imports a bank's file: what it cannot read, what each payment is for, and invoices that are paid."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from tests.journeys.conftest import NewPerson
from tests.journeys.person import HEIGHT, PHONE, Person
from tests.journeys.site import Site
from tests.journeys.towns import Town

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LEDGER = ("Posted;Pounds;Text", "{day};{sum};{words}")
BANK = ("Date,Amount,Reference,Payer", "{day},{sum},{words},")


# In one town only: the pages and their words are the same everywhere.
@pytest.mark.parametrize("slug", ["southampton"], indirect=True)
@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_invoices_are_paid_by_an_imported_file(
    town: Town, site: Site, somebody: NewPerson, tmp_path: Path, javascript: bool
) -> None:
    finance = somebody("finance", javascript=javascript)
    number, owed = unpaid(finance, town)[0]
    day = f"{site.now():%d/%m/%Y}"
    name = f"bank-{'with' if javascript else 'without'}.csv"

    finance.open("/finance/")
    finance.follow("Import payments")
    upload(finance, tmp_path / name, BANK, day, [("fifty", "wrong"), ("5.00", "=SUM(A1)")])
    finance.sees("2 rows cannot be read", "Row 2: “fifty” is not an amount", "Row 3: “=SUM(A1)”")

    payments = [
        ("1.00", f"{number} {name}"),
        (f"{owed + 4}", f"The rest of {number} {name}"),
        ("7.00", f"Room hire {name}"),
    ]
    upload(finance, tmp_path / name, BANK, day, payments)
    finance.sees("part of what is owed", "£5.00 is more than is owed", "No invoice number")
    everything_is_on_the_screen_of_a_phone(finance)
    finance.tick("Accept row 2")
    finance.press("Accept the selected payments")
    finance.sees("1 payment accepted")
    finance.page.get_by_role("link", name="Change row 3").click()
    finance.look()
    finance.press("Save the decision")
    finance.sees("£5.00 will be held for the agency")
    finance.page.get_by_role("link", name="Change row 4").click()
    finance.look()
    finance.tick("No invoice: set it aside")
    finance.press("Save the decision")
    finance.sees("Enter why you are setting it aside")
    finance.fill("Why are you setting it aside?", "Hire of the meeting room")
    finance.press("Save the decision")
    finance.press("Enter the accepted payments")
    finance.sees("2 payments will be entered in the background")
    site.sweep(town.slug)
    finance.page.reload()
    finance.sees("2 entered")
    finance.open(f"/finance/invoices/{number}/")
    finance.sees("Nothing is owed", "£5.00 is held for")

    finance.open("/finance/payments/")
    upload(finance, tmp_path / name, BANK, day, payments)
    finance.sees("This file was already uploaded on")


@pytest.mark.parametrize("slug", ["southampton"], indirect=True)
def test_the_columns_of_an_unknown_file_are_asked_for(
    town: Town, site: Site, somebody: NewPerson, tmp_path: Path
) -> None:
    finance, day = somebody("finance"), f"{site.now():%d/%m/%Y}"
    finance.open("/finance/payments/")
    upload(finance, tmp_path / "ledger.csv", LEDGER, day, [("12,50", "Lost key")])
    finance.sees("What do the columns of ledger.csv mean?")
    finance.press("Read the file")
    finance.sees("Select the column with the date")
    for column, heading in (("Date", "Posted"), ("Amount", "Pounds"), ("Description", "Text")):
        finance.choose(column, heading)
    finance.press("Read the file")
    finance.sees("Payments in ledger.csv", "£12.50", "No invoice number, agency or order number")
    finance.press("Discard the file")
    finance.sees("ledger.csv has been discarded")


@pytest.mark.parametrize("slug", ["southampton"], indirect=True)
def test_finance_sends_statements_and_reads_its_years(
    town: Town, site: Site, somebody: NewPerson
) -> None:
    finance = somebody("finance")
    finance.open("/finance/debts/")
    finance.follow("Email statements to all these agencies")
    finance.sees("will be emailed")
    finance.press("Send the statements")
    finance.sees("in the background")
    site.sweep(town.slug)
    finance.open("/finance/year-end/")
    finance.sees("Year end, April", "outstanding", "All agencies")
    finance.open("/finance/contributions/")
    finance.sees("Trainer days")
    finance.open("/finance/income-and-cost/")
    finance.sees("The events brought in")
    coordinator = somebody("coordinator")
    coordinator.open("/finance/income-and-cost/")
    coordinator.page.locator("main tbody a").first.click()
    coordinator.look()
    coordinator.choose("What was it for?", "Catering")
    coordinator.fill("Description", "Sandwiches")
    coordinator.fill("Amount, excluding VAT", "86.40")
    coordinator.press("Add the cost")
    coordinator.sees("A cost of £86.40 has been entered", "Catering: Sandwiches")


def unpaid(finance: Person, town: Town) -> list[tuple[str, Decimal]]:
    """Invoices on which something is owed, from the file of invoices."""
    _, content = finance.fetch(f"/{town.slug}/finance/invoices.csv")
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return [(row["number"], Decimal(row["owed"])) for row in rows if Decimal(row["owed"])]


def upload(
    finance: Person,
    path: Path,
    kind: tuple[str, str],
    day: str,
    payments: list[tuple[str, str]],
) -> None:
    """A file of these amounts and words."""
    headings, row = kind
    lines = [
        headings,
        *(row.format(day=day, sum=amount, words=words) for amount, words in payments),
    ]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    finance.page.get_by_label("Payment file").set_input_files(path)
    finance.press("Upload the file")


def everything_is_on_the_screen_of_a_phone(finance: Person) -> None:
    """What a payment is for and the way to change it can be read without scrolling sideways."""
    finance.page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    link = finance.page.get_by_role("link", name="Change row 2")
    box = link.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= PHONE
    assert (
        finance.page.locator(".app-table-scroll").evaluate("it => it.scrollWidth - it.clientWidth")
        == 0
    )
    finance.look()
