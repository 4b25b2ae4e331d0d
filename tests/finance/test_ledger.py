"""The ledger file: the partnership's own columns, each row out once, copies that say so."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from finance.models import (
    BillingProfile,
    InvoiceLine,
    LedgerBatch,
    LedgerCode,
    LedgerColumn,
    LedgerDownload,
    LedgerEntry,
    LedgerFormat,
    VatRow,
)
from finance.operations.download_ledger_batch import download_ledger_batch
from finance.operations.export_to_ledger import export_to_ledger
from finance.operations.record_payment import record_payment
from finance.operations.refund import refund
from finance.operations.reverse_payment import reverse_payment
from finance.operations.save_ledger_column import save_ledger_column
from finance.operations.set_ledger_codes import set_ledger_codes
from finance.operations.start_ledger_columns import start_ledger_columns
from finance.operations.write_off import write_off
from finance.rules.ledger_files import USUAL_COLUMNS, DateStyle, FileColumn, LedgerField
from finance.rules.vat import VatCode
from partnerships.rules.refused import Refused
from tenancy import activate
from tests.competencies.asking import queries_of
from tests.finance.money import credited, invoice_for, ready_charges
from tests.world import Browser, Town, World, page_as

NOW = timezone.now
CODES = {("charge", "no_show"): "R4220", ("vat", "outside_scope"): "T9"}


def lay_out(*what: LedgerField, **said: Any) -> None:
    """The file's columns, each with the name of its content as heading."""
    start_ledger_columns(columns=[FileColumn(one.value, one) for one in what])
    settings = {"dates": DateStyle.ISO, "signed": True, "with_payments": False}
    set_ledger_codes(**{"codes": CODES} | settings | said)


def export(town: Town) -> LedgerBatch:
    return export_to_ledger(by=town.finance, at=NOW())


def downloaded(browser: Browser, batch: LedgerBatch) -> tuple[str, list[list[str]]]:
    """The name of the file and its rows."""
    answer = browser.post(reverse("ledger_csv", args=[batch.pk]))
    name = answer["Content-Disposition"].partition('filename="')[2].rstrip('"')
    return name, list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_lines_and_credit_notes_in_the_partnerships_own_columns(world: World) -> None:
    lay_out(
        *(LedgerField.DOCUMENT, LedgerField.NUMBER, LedgerField.INVOICE, LedgerField.DATE),
        *(LedgerField.CHARGE_CODE, LedgerField.VAT_CODE, LedgerField.GROSS, LedgerField.COPY),
    )
    invoice = invoice_for(world, ready_charges(world.harbour.school, 2))
    note = credited(world, invoice, "5.00")
    day = timezone.localdate().isoformat()
    _, rows = downloaded(page_as(world.harbour.finance), export(world.harbour))
    assert rows[1:] == [
        ["Invoice", invoice.number, invoice.number, day, "R4220", "T9", "50.00", "Original"],
        ["Invoice", invoice.number, invoice.number, day, "R4220", "T9", "50.00", "Original"],
        ["Credit note", note.number, invoice.number, day, "R4220", "T9", "-5.00", "Original"],
    ]


def test_payments_are_rows_if_the_partnership_wants_them(world: World) -> None:
    lay_out(LedgerField.DOCUMENT, LedgerField.GROSS, with_payments=True)
    invoice = invoice_for(world, ready_charges(world.harbour.school))
    said: dict[str, Any] = {"invoice": invoice, "by": world.harbour.finance, "at": NOW()}
    paid: dict[str, Any] = {"received_on": timezone.localdate(), "reference": "BACS"}
    entry = record_payment(amount=invoice.gross, **said, **paid)
    credited(world, invoice, "20.00")
    refund(amount=invoice.gross * 2 / 5, **said, **paid)
    reverse_payment(payment=entry, reason="Bounced", by=world.harbour.finance, at=NOW())
    _, rows = downloaded(page_as(world.harbour.finance), export(world.harbour))
    assert rows[1:] == [
        ["Invoice", "50.00"],
        ["Credit note", "-20.00"],
        ["Payment", "-50.00"],
        ["Refund", "20.00"],
        ["Reversal: payment", "50.00"],
    ]
    write_off(invoice=invoice, reason="Closed", by=world.harbour.finance, at=NOW())
    _, rows = downloaded(page_as(world.harbour.finance), export(world.harbour))
    assert rows[1:] == [["Written off", "-50.00"]]


def test_only_what_is_new_is_in_the_next_export(world: World) -> None:
    lay_out(LedgerField.NUMBER)
    first = invoice_for(world, ready_charges(world.harbour.school))
    one = export(world.harbour)
    with pytest.raises(Refused, match="nothing new"):
        export(world.harbour)
    second = invoice_for(world, ready_charges(world.harbour.school))
    note = credited(world, first, "5.00")
    two = export(world.harbour)
    browser = page_as(world.harbour.finance)
    assert downloaded(browser, one)[1][1:] == [[first.number]]
    assert downloaded(browser, two)[1][1:] == [[second.number], [note.number]]
    assert (one.number, two.number) == (1, 2)
    assert (two.row_count, two.total) == (2, second.gross - note.gross)


def test_a_second_download_is_marked_as_a_copy_and_else_the_same(world: World) -> None:
    lay_out(LedgerField.NUMBER, LedgerField.GROSS, LedgerField.COPY)
    invoice_for(world, ready_charges(world.harbour.school))
    batch, browser = export(world.harbour), page_as(world.harbour.finance)
    (name, first), (copy_name, copy) = downloaded(browser, batch), downloaded(browser, batch)
    assert (name, copy_name) == ("ledger-1.csv", "ledger-1-copy.csv")
    assert [row[:-1] for row in first] == [row[:-1] for row in copy]
    assert (first[1][-1], copy[1][-1]) == ("Original", "Copy")
    page = browser.get(batch.get_absolute_url()).content.decode()
    assert "Download a copy (CSV)" in page
    assert page.count("Finn Harbour") == 3  # who exported, who downloaded twice


def test_an_export_keeps_its_columns_and_words(world: World) -> None:
    lay_out(LedgerField.AGENCY_REFERENCE, LedgerField.CHARGE_CODE, LedgerField.DATE)
    invoice_for(world, ready_charges(world.harbour.school))
    batch, browser = export(world.harbour), page_as(world.harbour.finance)
    before = downloaded(browser, batch)[1]
    LedgerColumn.objects.all().delete()
    set_ledger_codes(codes={}, dates=DateStyle.UK, signed=False, with_payments=True)
    world.harbour.school.reference = "renamed"
    world.harbour.school.save()
    assert downloaded(browser, batch)[1] == before


def test_no_cell_is_run_as_a_formula(world: World) -> None:
    lay_out(LedgerField.AGENCY, LedgerField.PURCHASE_ORDER, LedgerField.NET)
    school = world.harbour.school
    school.name, school.purchase_order = "=HYPERLINK(evil)", "@SUM(A1)"
    school.save()
    invoice = invoice_for(world, ready_charges(school))
    credited(world, invoice, "5.00")
    _, rows = downloaded(page_as(world.harbour.finance), export(world.harbour))
    assert rows[1:] == [
        ["'=HYPERLINK(evil)", "'@SUM(A1)", "50.00"],
        ["'=HYPERLINK(evil)", "'@SUM(A1)", "-5.00"],
    ]


def test_a_missing_code_stops_the_export_and_changes_nothing(world: World) -> None:
    lay_out(LedgerField.CHARGE_CODE, LedgerField.VAT_CODE, codes={})
    invoice_for(world, ready_charges(world.harbour.school))
    with pytest.raises(Refused, match="Non-attendance fee and Outside the scope of VAT"):
        export(world.harbour)
    assert not LedgerBatch.objects.exists()
    browser = page_as(world.harbour.finance)
    page = browser.post(reverse("export_to_ledger"), follow=True).content.decode()
    assert "No ledger code has been entered for" in page


def test_an_agency_is_called_what_the_ledger_calls_it(world: World) -> None:
    lay_out(LedgerField.AGENCY_CODE, LedgerField.NUMBER)
    school = world.harbour.school
    invoice = invoice_for(world, ready_charges(school))
    with pytest.raises(Refused, match=f"for: {school.name}. Enter it on the agency’s page"):
        export(world.harbour)
    browser, address = (
        page_as(world.harbour.finance),
        reverse("billing_details", args=[school.reference]),
    )
    form = {"address": school.address, "purchase_order_required": ""}
    refused = browser.post(address, form | {"ledger_code": "=1+1"}).content.decode()
    assert "A code cannot begin with “=”" in refused
    assert browser.post(address, form | {"ledger_code": "C-1007"}).status_code == 302
    _, rows = downloaded(browser, export(world.harbour))
    assert rows[1] == ["C-1007", invoice.number]


def test_the_database_lets_no_row_out_twice_and_changes_none(world: World) -> None:
    lay_out(LedgerField.NUMBER)
    invoice = invoice_for(world, ready_charges(world.harbour.school))
    batch = export(world.harbour)
    download_ledger_batch(batch=batch, by=world.harbour.finance, at=NOW())
    line = invoice.lines.get()
    for wrong in (
        {"invoice_line": line},
        {},
        {"invoice_line": line, "credit_note": credited(world, invoice, "5.00")},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LedgerEntry.objects.create(batch=batch, position=9, cells=[], **wrong)
    for model in (LedgerBatch, LedgerEntry, LedgerDownload):
        row = model.objects.get()
        for act in (row.delete, row.save):
            with pytest.raises(IntegrityError), transaction.atomic():
                act()


def test_pages_are_for_those_who_manage_money(world: World) -> None:
    lay_out(LedgerField.NUMBER)
    invoice_for(world, ready_charges(world.harbour.school))
    batch = export(world.harbour)
    column = LedgerColumn.objects.get()
    addresses = [reverse(name) for name in ("ledger", "ledger_columns", "ledger_codes")]
    addresses += [reverse("add_ledger_column"), reverse("ledger_column", args=[column.pk])]
    addresses += [batch.get_absolute_url()]
    for address in addresses:
        assert page_as(world.harbour.finance).get(address).status_code == 200
        for part in ("practitioner", "manager", "agency_lead", "trainer", "subgroup"):
            assert page_as(world.harbour.cast[part]).get(address).status_code == 403
        assert Browser().get(address).status_code == 302
    for name, args in (
        ("export_to_ledger", []),
        ("ledger_csv", [batch.pk]),
        ("usual_ledger_columns", []),
        ("remove_ledger_column", [column.pk]),
    ):
        address = reverse(name, args=args)
        assert page_as(world.harbour.agency_lead).post(address).status_code == 403
        assert page_as(world.harbour.finance).get(address).status_code == 405


def test_another_partnerships_file_does_not_exist_here(world: World) -> None:
    with activate(world.moorland.partnership):
        lay_out(LedgerField.NUMBER)
        invoice_for(world, ready_charges(world.moorland.school), by=world.moorland.finance)
        theirs = export(world.moorland)
        column = LedgerColumn.objects.get()
    browser = page_as(world.harbour.finance)
    assert browser.get(theirs.get_absolute_url()).status_code == 404
    assert browser.post(reverse("ledger_csv", args=[theirs.pk])).status_code == 404
    assert browser.get(reverse("ledger_column", args=[column.pk])).status_code == 404
    assert browser.post(reverse("remove_ledger_column", args=[column.pk])).status_code == 404


def test_columns_are_added_moved_changed_and_removed(world: World) -> None:
    browser = page_as(world.harbour.finance)
    browser.post(reverse("usual_ledger_columns"))
    browser.post(reverse("usual_ledger_columns"))  # twice: nothing more
    usual = [column.heading for column in USUAL_COLUMNS]
    assert list(LedgerColumn.objects.values_list("heading", flat=True)) == usual
    centre = {"heading": "Cost centre", "what": "fixed", "text": "CC9", "position": "2"}
    browser.post(reverse("add_ledger_column"), centre)
    assert list(LedgerColumn.objects.values_list("heading", flat=True)[:3]) == [
        "Type",
        "Cost centre",
        "Number",
    ]
    added = LedgerColumn.objects.get(heading="Cost centre")
    moved = centre | {"position": "99", "heading": "Centre"}
    browser.post(reverse("ledger_column", args=[added.pk]), moved)
    browser.post(reverse("remove_ledger_column", args=[LedgerColumn.objects.first().pk]))
    assert list(LedgerColumn.objects.values_list("heading", "position")) == [
        *((heading, place) for place, heading in enumerate(usual[1:], 1)),
        ("Centre", len(usual)),
    ]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"heading": "number"}, "There is already a column called number."),
        ({"heading": "=1"}, "A heading cannot begin with “=”"),
        ({"heading": ""}, "Enter the heading"),
        ({"text": ""}, "Enter the text for every row."),
        ({"text": "@x"}, "A text cannot begin with “@”"),
        ({"what": "net"}, "This column takes its content from the row"),
        ({"what": "nonsense"}, "Select"),
        ({"position": "0"}, "Position must be 1 or more"),
        ({"position": "x"}, "Position must be a whole number"),
    ],
)
def test_a_wrong_column_is_refused_in_a_sentence_and_what_was_typed_stays(
    world: World, wrong: dict[str, str], sentence: str
) -> None:
    lay_out(LedgerField.NUMBER)
    typed = {"heading": "Centre", "what": "fixed", "text": "CC9", "position": "2"} | wrong
    answer = page_as(world.harbour.finance).post(reverse("add_ledger_column"), typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert all(value in page for value in (typed["heading"], typed["text"]))
    assert LedgerColumn.objects.count() == 1


def test_codes_and_dates_are_entered_and_wrong_ones_refused(world: World) -> None:
    browser, address = page_as(world.harbour.finance), reverse("ledger_codes")
    typed = {"charge_no_show": "R4220", "vat_standard": "T1", "dates": "%Y%m%d", "signed": "on"}
    refused = browser.post(address, typed | {"vat_zero": "+T0"}).content.decode()
    assert "A code cannot begin with “+”" in refused
    assert "R4220" in refused
    assert not LedgerCode.objects.exists()
    assert browser.post(address, typed).status_code == 302
    codes = {(one.coded, one.value): one.code for one in LedgerCode.objects.all()}
    assert codes == {("charge", "no_show"): "R4220", ("vat", "standard"): "T1"}
    how = LedgerFormat.objects.get()
    assert (how.dates, how.signed, how.with_payments) == ("%Y%m%d", True, False)
    assert browser.post(address, typed | {"charge_no_show": ""}).status_code == 302
    assert LedgerCode.objects.count() == 1


def test_the_page_shows_what_comes_next_in_the_words_of_the_file(world: World) -> None:
    lay_out(LedgerField.NUMBER, LedgerField.DATE)
    invoice = invoice_for(world, ready_charges(world.harbour.school, 7))
    page = page_as(world.harbour.finance).get(reverse("ledger")).content.decode()
    assert "7 new rows to export." in page
    assert page.count(f'<td class="govuk-table__cell app-one-line">{invoice.number}</td>') == 5
    export(world.harbour)
    page = page_as(world.harbour.finance).get(reverse("ledger")).content.decode()
    assert "0 new rows to export." in page
    assert "Export the new rows" not in page
    assert "Not yet" in page


@pytest.mark.parametrize("more", [0, 3])
def test_pages_cost_the_same_whatever_is_on_them(world: World, more: int) -> None:
    lay_out(LedgerField.NUMBER, LedgerField.DATE, with_payments=True)
    for _ in range(1 + more):
        invoice = invoice_for(world, ready_charges(world.harbour.school, 1 + more))
        batch = export(world.harbour)
        download_ledger_batch(batch=batch, by=world.harbour.finance, at=NOW())
    invoice_for(world, ready_charges(world.harbour.school, 1 + more))
    credited(world, invoice, "1.00")
    finance = world.harbour.finance
    for address in (
        reverse("ledger"),
        batch.get_absolute_url(),
        reverse("ledger_columns"),
        reverse("ledger_codes"),
    ):
        assert len(queries_of(finance, address)) <= 12


def test_amounts_of_the_file_are_those_of_the_documents(world: World) -> None:
    lay_out(LedgerField.NUMBER, LedgerField.NET, LedgerField.VAT, LedgerField.GROSS)
    VatRow.objects.update(code=VatCode.STANDARD, rate=20, reason="")
    BillingProfile.objects.update(vat_number="GB123456782")
    invoice = invoice_for(world, ready_charges(world.harbour.school, 3, amount="33.33"))
    _, rows = downloaded(page_as(world.harbour.finance), export(world.harbour))
    lines = InvoiceLine.objects.filter(invoice=invoice)
    assert rows[1:] == [
        [invoice.number, str(line.net), str(line.vat), str(line.gross)] for line in lines
    ]


def test_a_position_beyond_the_end_is_the_end(world: World) -> None:
    lay_out(LedgerField.NUMBER)
    made = save_ledger_column(column=FileColumn("Net", LedgerField.NET), position=50)
    assert made.position == 2
