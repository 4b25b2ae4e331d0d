"""E-invoices of issued documents: from the snapshot, with the page's and the paper's amounts, for the same readers."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from lxml import etree
from pypdf import PdfReader

from bookings.rules.money import pounds
from finance.documents.ubl import ubl
from finance.models import BillingProfile, CreditNote, Invoice, VatRow
from finance.rules.vat import VatCode
from finance.terms.einvoices import facts_of
from tenancy import activate
from tests.competencies.asking import queries_of
from tests.finance.money import OTHER_GLN, addressed, credited, invoice_for, ready_charges
from tests.finance.peppol import amount, faults, texts
from tests.world import Browser, World, page_as

TREATMENTS: dict[str, dict[str, Any]] = {
    "20%": {"code": VatCode.STANDARD, "rate": 20, "reason": ""},
    "20% included": {
        "code": VatCode.STANDARD,
        "rate": 20,
        "reason": "",
        "prices_include_vat": True,
    },
    "zero": {"code": VatCode.ZERO, "reason": "Books"},
    "exempt": {"code": VatCode.EXEMPT, "reason": "Vocational training."},
    "outside": {"code": VatCode.OUTSIDE_SCOPE, "reason": "Not a business activity"},
}


def text_of(pdf: bytes | memoryview) -> str:
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(bytes(pdf))).pages).split()
    )


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_each_treatment_of_vat_validates_in_full_and_in_part(world: World, treatment: str) -> None:
    agency = addressed(world.harbour.school)
    VatRow.objects.filter(kind="no_show").update(**TREATMENTS[treatment])
    invoice = invoice_for(world, ready_charges(agency, 3, amount="33.33"))
    part = credited(world, invoice, "10.01")
    rest = credited(world, invoice, str(invoice.lines.first().gross - part.gross))
    for document in (invoice, part, rest):
        assert faults(ubl(facts_of(document))) == []


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_amounts_are_those_of_page_and_paper(world: World, treatment: str) -> None:
    agency = addressed(world.harbour.school)
    VatRow.objects.filter(kind="no_show").update(**TREATMENTS[treatment])
    invoice = invoice_for(world, ready_charges(agency, 2, amount="1033.33"))
    note = credited(world, invoice, "12.34")
    browser = page_as(world.harbour.finance)
    page = browser.get(invoice.get_absolute_url()).content.decode()
    for document, name, paths in (
        (invoice, "invoice_xml", ("TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount")),
        (note, "credit_note_xml", ("TaxInclusiveAmount", "PayableAmount")),
    ):
        root = etree.fromstring(browser.get(reverse(name, args=[document.number])).content)
        paper = text_of(document.pdf)
        for path in paths:
            said = pounds(amount(root, f"a:LegalMonetaryTotal/b:{path}"))
            assert said in page
            assert said in paper
        assert amount(root, "a:TaxTotal/b:TaxAmount") == document.vat
        assert amount(root, "a:LegalMonetaryTotal/b:PayableAmount") == document.gross


def test_it_says_what_was_true_at_issue_whatever_changes(world: World) -> None:
    agency = addressed(world.harbour.school)
    agency.purchase_order = "PO-778"
    agency.save()
    invoice = invoice_for(world, ready_charges(agency))
    note = credited(world, invoice, "5.00")
    before = [ubl(facts_of(one)) for one in (invoice, note)]
    agency.name, agency.address, agency.purchase_order = "Renamed", "Elsewhere", "PO-9"
    agency.electronic_scheme = agency.electronic_address = ""
    agency.save()
    BillingProfile.objects.update(
        issuer_name="Other", electronic_address=OTHER_GLN, bank_details=""
    )
    VatRow.objects.update(code=VatCode.EXEMPT, reason="Now exempt")
    found = [Invoice.objects.get(pk=invoice.pk), CreditNote.objects.get(pk=note.pk)]
    assert [ubl(facts_of(one)) for one in found] == before
    root = etree.fromstring(before[0])
    assert texts(root, "a:OrderReference/b:ID") == ["PO-778"]
    assert texts(root, "a:PaymentMeans/a:PayeeFinancialAccount/b:ID") == ["00000000"]
    assert texts(root, "b:DueDate") == [invoice.due_on.isoformat()]
    reference = "a:BillingReference/a:InvoiceDocumentReference/b:ID"
    assert texts(etree.fromstring(before[1]), reference) == [invoice.number]


def test_without_an_address_the_page_says_so_and_there_is_no_file(world: World) -> None:
    invoice = invoice_for(world, ready_charges(world.harbour.school))
    note = credited(world, invoice, "5.00")
    addressed(world.harbour.school)  # later: an issued document never changes
    browser = page_as(world.harbour.finance)
    page = browser.get(invoice.get_absolute_url()).content.decode()
    said = "No electronic address for Harbour Council and Harbour Primary School had been entered"
    assert page.count(said) == 2  # for the invoice and for its credit note
    assert ".xml" not in page
    assert browser.get(reverse("invoice_xml", args=[invoice.number])).status_code == 404
    assert browser.get(reverse("credit_note_xml", args=[note.number])).status_code == 404


def test_an_invoice_from_before_there_were_einvoices_is_told_the_same(world: World) -> None:
    issuer = {"name": "Harbour", "address": "Quay", "email": "", "vat_number": "", "terms_days": 30}
    invoice = invoice_for(world, ready_charges(world.harbour.school))
    invoice.issuer = issuer
    assert facts_of(invoice).seller.electronic is None


def test_the_same_people_read_the_file_as_the_paper(world: World) -> None:
    agency = addressed(world.harbour.school)
    invoice = invoice_for(world, ready_charges(agency))
    note = credited(world, invoice, "5.00")
    for name, number in (("invoice", invoice.number), ("credit_note", note.number)):
        for part, who in world.harbour.cast.items():
            paper = page_as(who).get(reverse(f"{name}_pdf", args=[number])).status_code
            file = page_as(who).get(reverse(f"{name}_xml", args=[number])).status_code
            assert file == paper, part
        address = reverse(f"{name}_xml", args=[number])
        assert page_as(world.moorland.finance).get(address).status_code == 404
        assert Browser().get(address).status_code == 302


def test_another_partnerships_file_does_not_exist_here(world: World) -> None:
    with activate(world.moorland.partnership):
        addressed(world.moorland.school)
        made = invoice_for(world, ready_charges(world.moorland.school), by=world.moorland.finance)
    address = reverse("invoice_xml", args=[made.number])
    assert page_as(world.harbour.finance).get(address).status_code == 404


def test_the_answer_is_a_private_download(world: World) -> None:
    invoice = invoice_for(world, ready_charges(addressed(world.harbour.school)))
    answer = page_as(world.harbour.finance).get(reverse("invoice_xml", args=[invoice.number]))
    assert answer["Content-Type"] == "application/xml"
    assert answer["Content-Disposition"] == f'attachment; filename="{invoice.number}.xml"'
    assert "private" in answer["Cache-Control"]


def test_the_agencys_lead_finds_the_file_on_the_agencys_page(world: World) -> None:
    invoice = invoice_for(world, ready_charges(addressed(world.harbour.school)))
    note = credited(world, invoice, "5.00")
    page = page_as(world.harbour.agency_lead).get(reverse("agency_money")).content.decode()
    assert re.findall(r"(\w+)\.xml", page) == [invoice.number, note.number]


@pytest.mark.parametrize("more", [0, 5])
def test_pages_cost_the_same_whatever_is_on_them(world: World, more: int) -> None:
    agency = addressed(world.harbour.school)
    invoice = invoice_for(world, ready_charges(agency, 1 + more))
    for _ in range(1 + more):
        credited(world, invoice, "1.00")
    assert len(queries_of(world.harbour.finance, invoice.get_absolute_url())) <= 12
    assert len(queries_of(world.harbour.agency_lead, reverse("agency_money"))) <= 12
    for name, number in (
        ("invoice_xml", invoice.number),
        ("credit_note_xml", invoice.credit_notes.first().number),
    ):
        assert len(queries_of(world.harbour.finance, reverse(name, args=[number]))) <= 12
