"""The pages of payment files: upload, columns, review, one payment; who sees them and what is refused there."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from finance.forms.imports import ColumnsForm
from finance.models import ImportedPayment, Invoice, Payment, PaymentFile, PaymentFileLayout
from finance.operations.enter_next_imported import enter_next_imported
from finance.rules.csv_tables import LARGEST_FILE
from finance.rules.states import ImportState
from finance.terms.debt import standing_invoice
from tests.competencies.asking import queries_of
from tests.finance.importing import accepted, csv_of, row_of, uploaded
from tests.finance.money import invoice_for, ready_charges
from tests.world import Browser, World, page_as

pytestmark = pytest.mark.django_db
FILES = "payment_files"


@pytest.fixture
def invoice(world: World, unprinted: None) -> Invoice:
    return invoice_for(world, ready_charges(world.harbour.school, amount="50.00"))


@pytest.fixture
def finance(world: World) -> Browser:
    return page_as(world.harbour.finance)


def sent(browser: Browser, content: bytes, name: str = "bank.csv") -> str:
    """The page after uploading a file."""
    file = SimpleUploadedFile(name, content, content_type="text/csv")
    page: str = browser.post(reverse(FILES), {"file": file}, follow=True).content.decode()
    return page


def test_a_file_goes_from_upload_to_paid_invoices(finance: Browser, invoice: Invoice) -> None:
    page = sent(finance, csv_of(("50.00", invoice.number, "Harbour Primary School")))
    file = PaymentFile.objects.get()
    row = row_of(file)
    assert "Payments in bank.csv" in page
    assert "the amount is what is owed" in page
    assert f'value="{row.pk}" checked' in page
    review = reverse("payment_file", args=[file.pk])
    page = finance.post(
        reverse("accept_payments", args=[file.pk]), {"payment": [row.pk, "x"]}, follow=True
    ).content.decode()
    assert "1 payment accepted" in page
    assert "1 payment accepted, £50.00 in total" in page
    release = {"count": 1, "total": "50.00"}
    enter = reverse("enter_payments", args=[file.pk])
    page = finance.post(enter, release, follow=True).content.decode()
    assert "1 payment will be entered in the background" in page
    assert "1 payment being entered" in page
    finance.post(enter, release)
    while enter_next_imported(now=timezone.now()):
        pass
    assert standing_invoice(invoice).balance == 0
    assert Payment.objects.count() == 1
    page = finance.get(f"{review}?state=entered").content.decode()
    assert "View" in page
    assert "£50.00" in finance.get(invoice.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ\x90\x00", "payments.csv", "This is a program, not a CSV file."),
        (b"PK\x03\x04xx", "payments.csv", "This is an Excel workbook"),
        (b"x" * (LARGEST_FILE + 1), "payments.csv", "The file is larger than 5 MB."),
        (b"", "payments.csv", "The file is empty."),
        (b"one\ntwo\n", "payments.csv", "The file has only one column."),
        (b"Date,Amount,Ref\n", "payments.csv", "headings and nothing below them"),
    ],
)
def test_what_is_no_payment_file_is_refused_next_to_the_field(
    finance: Browser, content: bytes, name: str, sentence: str
) -> None:
    page = sent(finance, content, name)
    assert sentence in page
    assert "<title>Error: " in page
    assert not PaymentFile.objects.exists()


def test_a_huge_file_is_refused_without_being_read(finance: Browser) -> None:
    file = SimpleUploadedFile("payments.csv", b"x" * (LARGEST_FILE * 2))
    page = finance.post(reverse(FILES), {"file": file}).content.decode()
    assert "Upload the payments of a shorter period." in page


def test_no_file_is_an_error_of_the_page(finance: Browser) -> None:
    assert "Choose a payment file" in finance.post(reverse(FILES), {}).content.decode()


def test_every_bad_row_is_listed_and_nothing_is_imported(finance: Browser) -> None:
    page = sent(finance, csv_of(("fifty", "a"), ("5", "b"), ("", "c"), ("5", "@cmd")))
    assert "3 rows cannot be read, so nothing has been imported. See the list below." in page
    for number in (2, 4, 5):
        assert f"<li>Row {number}: " in page
    assert "Row 3:" not in page
    assert not ImportedPayment.objects.exists()


def test_the_same_file_is_refused_in_a_sentence(finance: Browser, invoice: Invoice) -> None:
    content = csv_of(("50.00", invoice.number))
    sent(finance, content)
    page = sent(finance, content)
    assert "This file was already uploaded on" in page
    assert PaymentFile.objects.count() == 1


def test_unknown_columns_are_asked_for_once(finance: Browser, invoice: Invoice) -> None:
    headings = "Wann;Wieviel;Wof\u00fcr"
    today = f"{timezone.localdate():%d.%m.%Y}"
    page = sent(finance, f"{headings}\n{today};50,00;{invoice.number}\n".encode("cp1252"))
    file = PaymentFile.objects.get()
    assert "What do the columns of bank.csv mean?" in page
    assert "Wof\u00fcr" in page
    address = reverse("payment_columns", args=[file.pk])
    wrong = finance.post(address, {"day": "0", "amount": "0"}).content.decode()
    assert "Select each column of the file only once" in wrong
    assert "Select a column with the reference" in wrong
    bad = finance.post(address, {"day": "0", "amount": "2", "details": "1"}).content.decode()
    assert "1 row cannot be read" in bad
    assert f"<li>Row 2: “{invoice.number}” is not an amount" in bad
    page = finance.post(
        address, {"day": "0", "amount": "1", "details": "2"}, follow=True
    ).content.decode()
    assert "the amount is what is owed" in page
    sent(finance, f"{headings}\n{today};60,00;again\n".encode("cp1252"), "second.csv")
    assert ImportedPayment.objects.count() == 2
    assert PaymentFileLayout.objects.count() == 1


def test_a_payment_is_changed_or_set_aside_and_nothing_typed_is_lost(
    finance: Browser, invoice: Invoice
) -> None:
    sent(finance, csv_of(("65.00", "something")))
    file = PaymentFile.objects.get()
    address = row_of(file).get_absolute_url()
    assert invoice.number in finance.get(address).content.decode()  # among those it could be for
    page = finance.post(address, {"outcome": "pays", "shares": "NONE1 20"}).content.decode()
    assert "There is no invoice NONE1. Check the number." in page
    assert "NONE1 20</textarea>" in page
    assert "Enter the number" in finance.post(address, {"outcome": "pays"}).content.decode()
    assert "Enter why" in finance.post(address, {"outcome": "aside"}).content.decode()
    said = {"outcome": "pays", "shares": invoice.number.lower()}
    assert "is not used" in finance.post(address, said).content.decode()
    page = finance.post(address, said | {"hold_rest": "on"}, follow=True).content.decode()
    assert "Row 2, £65.00, is accepted." in page
    assert "£15.00 will be held for the agency" in page
    said = {"outcome": "aside", "reason": "Room hire"}
    page = finance.post(address, said, follow=True).content.decode()
    assert "Row 2, £65.00, is set aside." in page
    assert "Room hire" in page
    assert "Room hire" in finance.get(address).content.decode()


def test_accepting_nothing_is_an_error_of_the_page(finance: Browser, invoice: Invoice) -> None:
    sent(finance, csv_of(("50.00", invoice.number)))
    file = PaymentFile.objects.get()
    page = finance.post(reverse("accept_payments", args=[file.pk])).content.decode()
    assert "<title>Error: bank.csv" in page
    assert f'href="#payment-{row_of(file).pk}"' in page


def test_all_that_agree_are_accepted_at_once(
    finance: Browser, world: World, unprinted: None
) -> None:
    made = [
        invoice_for(world, ready_charges(world.harbour.school, amount=f"{n}.00"))
        for n in range(10, 14)
    ]
    rows = [(f"{n}.00", one.number) for n, one in enumerate(made, 10)]
    sent(finance, csv_of(*rows, *((str(n), f"x{n}") for n in range(1, 30))))
    file = PaymentFile.objects.get()
    button = "Accept all with a matching reference and amount"
    assert button in finance.get(file.get_absolute_url()).content.decode()
    address = reverse("accept_payments", args=[file.pk])
    page = finance.post(address, {"sure": "all"}, follow=True).content.decode()
    assert "4 payments accepted." in page
    assert button not in page


def test_totals_that_have_changed_are_shown_again(
    finance: Browser, world: World, invoice: Invoice
) -> None:
    sent(finance, csv_of(("50.00", invoice.number)))
    file = PaymentFile.objects.get()
    accepted(world, file)
    enter = reverse("enter_payments", args=[file.pk])
    page = finance.post(enter, {"count": 2, "total": "5"}, follow=True).content.decode()
    assert "have changed since this page was shown" in page
    assert "Check the totals again" in finance.post(enter, {}, follow=True).content.decode()


def test_a_file_is_discarded_on_its_page(finance: Browser, invoice: Invoice) -> None:
    sent(finance, csv_of(("50.00", invoice.number)))
    file = PaymentFile.objects.get()
    discard = reverse("discard_payment_file", args=[file.pk])
    assert discard in finance.get(file.get_absolute_url()).content.decode()
    assert "has been discarded" in finance.post(discard, follow=True).content.decode()
    assert not PaymentFile.objects.exists()


def test_payments_to_review_wait_on_finances_pages(
    finance: Browser, world: World, invoice: Invoice
) -> None:
    sent(finance, csv_of(("50.00", invoice.number)))
    assert "imported payment to review" in finance.get(reverse("finance")).content.decode()
    admin = page_as(world.harbour.administrator).get(reverse("manage")).content.decode()
    assert "1 imported payment to review" in admin


@pytest.mark.parametrize(
    "name",
    [FILES, "payment_file", "payment_columns", "imported_payment"],
)
def test_only_finance_imports_payments(world: World, invoice: Invoice, name: str) -> None:
    file = uploaded(world, csv_of(("50.00", invoice.number)))
    arguments = {FILES: [], "imported_payment": [file.pk, 2]}.get(name, [file.pk])
    address = reverse(name, args=arguments)
    assert page_as(world.harbour.finance).get(address).status_code == 200
    for part in ("agency_lead", "coordinator", "practitioner", "trainer", "subgroup"):
        assert page_as(world.harbour.cast[part]).post(address).status_code == 403
    assert page_as(world.moorland.finance).get(address).status_code == 404
    assert Browser().get(address).status_code == 302


def test_pages_cost_the_same_however_many_payments_there_are(
    world: World, invoice: Invoice
) -> None:
    file = uploaded(world, csv_of(("5.00", invoice.number), ("6.00", "x")))
    small = ImportedPayment.objects.get(file=file, number=2)
    addresses = [reverse(FILES), file.get_absolute_url(), small.get_absolute_url()]
    addresses.append(reverse("payment_columns", args=[file.pk]))
    before = [len(queries_of(world.harbour.finance, address)) for address in addresses]
    for agency in (world.harbour.school, world.harbour.other_agency):
        for _ in range(3):
            made = invoice_for(world, ready_charges(agency))
            more = csv_of(*((n, f"{made.number} {n}") for n in range(1, 12)))
            large = uploaded(world, more, f"{made.number}.csv")
    addresses[1] = large.get_absolute_url()
    assert [len(queries_of(world.harbour.finance, address)) for address in addresses] == before
    assert max(before) <= 12


def test_a_thousand_payments_are_read_with_a_handful_of_queries(
    world: World, invoice: Invoice, django_assert_max_num_queries: object
) -> None:
    content = csv_of(*((Decimal(n), f"{invoice.number} {n}", "School") for n in range(1, 1001)))
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        file = uploaded(world, content)
    assert file.payments.filter(state=ImportState.TO_REVIEW).count() == 1000


def test_a_column_without_a_heading_is_called_by_its_place() -> None:
    form = ColumnsForm(headings=["Day", "", "Sum"])
    choices = form.fields["reference"].choices  # type: ignore[attr-defined]
    assert [words for _, words in choices] == ["Not in this file", "Day", "Column 2", "Sum"]
