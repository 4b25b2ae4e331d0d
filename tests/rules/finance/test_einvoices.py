"""What an e-invoice says and what stands in its way."""

from dataclasses import replace
from decimal import Decimal

import pytest

from finance.rules.einvoices import (
    BankAccount,
    EDocument,
    PostalAddress,
    bank_account,
    einvoice_reasons,
    is_billed_apart,
    line_note,
    postal_address,
    vat_groups,
)
from finance.rules.vat import VatCode, VatTreatment
from partnerships.rules.reasons import Kind, Reason, codes
from tests.rules.finance.edocuments import (
    BUYER,
    EXEMPT,
    OUTSIDE,
    SELLER,
    STANDARD,
    ZERO,
    edocument,
    eline,
)

D = Decimal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", PostalAddress()),
        ("\n , \n", PostalAddress()),
        ("1 High Street", PostalAddress("1 High Street")),
        ("1 High Street\nAB1 2CD", PostalAddress("1 High Street", postcode="AB1 2CD")),
        ("1 High Street\nQuay\nab12cd", PostalAddress("1 High Street", "Quay", "", "AB12CD")),
        (
            "Finance\nCivic Centre\nQuay\nHarbour AB1 2CD",
            PostalAddress("Finance", "Civic Centre", "Quay, Harbour", "AB1 2CD"),
        ),
        (
            "Finance, Demonstration Hall, 2 Example Parade, Weston BS97 2BB",
            PostalAddress("Finance", "Demonstration Hall", "2 Example Parade, Weston", "BS97 2BB"),
        ),
        ("SW1A 1AA", PostalAddress(postcode="SW1A 1AA")),
        ("Hall, Weston,\nBS97 2BB", PostalAddress("Hall, Weston", postcode="BS97 2BB")),
        (" Exe House, \n , \nX\nPhoenix X", PostalAddress("Exe House", "X", "Phoenix X")),
        ("X Works\nHarbour", PostalAddress("X Works", "Harbour")),
        ("AB1 2CD\nHarbour", PostalAddress("AB1 2CD", "Harbour")),
    ],
)
def test_an_address_is_divided_without_guessing_a_town(text: str, expected: PostalAddress) -> None:
    assert postal_address(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Harbour City Council, 00-00-00, 00000000", BankAccount("000000", "00000000")),
        ("Sort code 12 34 56\nAccount 87654321", BankAccount("123456", "87654321")),
        ("Sort code 123456, account 87654321", BankAccount("123456", "87654321")),
        ("", None),
        ("By cheque", None),
        ("12-34-56", None),
        ("87654321", None),
        ("12-34-56, 87654321 or 12345678", None),
        ("12-34-56 or 65-43-21, 87654321", None),
        ("12-34-56, 876543210", None),
    ],
)
def test_an_account_is_read_only_if_it_is_plain(text: str, expected: BankAccount | None) -> None:
    assert bank_account(text) == expected


@pytest.mark.parametrize(
    ("treatments", "groups"),
    [
        ([STANDARD, STANDARD], [("S", 20, "100.00", "20.00", "")]),
        ([ZERO], [("Z", 0, "50.00", "0.00", "")]),
        ([EXEMPT], [("E", 0, "50.00", "0.00", "Vocational training")]),
        ([OUTSIDE], [("O", 0, "50.00", "0.00", "Not a business activity")]),
        (
            [EXEMPT, replace(EXEMPT, reason="Small charity"), EXEMPT],
            [("E", 0, "150.00", "0.00", "Vocational training; Small charity")],
        ),
        (
            [STANDARD, ZERO, replace(STANDARD, rate=D(5))],
            [
                ("S", 5, "50.00", "2.50", ""),
                ("S", 20, "50.00", "10.00", ""),
                ("Z", 0, "50.00", "0.00", ""),
            ],
        ),
    ],
)
def test_vat_is_broken_down_by_category_and_rate(
    treatments: list[VatTreatment], groups: list[tuple[str, int, str, str, str]]
) -> None:
    found = vat_groups([eline(treatment) for treatment in treatments])
    assert [(g.category, g.rate, str(g.net), str(g.vat), g.reason) for g in found] == groups


@pytest.mark.parametrize(
    ("clause", "treatment", "note"),
    [
        (" Clause. ", OUTSIDE, "Clause."),
        ("Clause.", ZERO, "Clause. Zero-rated: Books"),
        ("", ZERO, "Zero-rated: Books"),
        ("", STANDARD, ""),
    ],
)
def test_only_a_note_can_say_why_a_line_is_zero_rated(
    clause: str, treatment: VatTreatment, note: str
) -> None:
    assert line_note(clause, treatment) == note


@pytest.mark.parametrize(
    ("code", "sent", "apart"),
    [
        (VatCode.OUTSIDE_SCOPE, True, True),
        (VatCode.OUTSIDE_SCOPE, False, False),
        (VatCode.STANDARD, True, False),
        (VatCode.STANDARD, False, False),
        (VatCode.ZERO, True, False),
        (VatCode.EXEMPT, True, False),
    ],
)
def test_only_an_einvoice_keeps_what_is_outside_the_scope_of_vat_apart(
    code: VatCode, sent: bool, apart: bool
) -> None:
    assert is_billed_apart(code, sent=sent) is apart


UNADDRESSED_SELLER = replace(SELLER, electronic=None)
UNADDRESSED_BUYER = replace(BUYER, electronic=None)
MANY = [eline(STANDARD, D("0.02"))] * 250  # no VAT on any line, and 20% of £5 is £1


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        pytest.param(edocument([eline(STANDARD), eline(ZERO), eline(EXEMPT)]), set(), id="fine"),
        pytest.param(edocument([eline(OUTSIDE), eline(OUTSIDE)]), set(), id="outside only"),
        pytest.param(
            edocument([eline(OUTSIDE), eline(EXEMPT)]), {"vat_categories_mixed"}, id="mixed"
        ),
        pytest.param(
            edocument([eline()], seller=UNADDRESSED_SELLER),
            {"electronic_address_missing"},
            id="no seller",
        ),
        pytest.param(
            edocument([eline()], buyer=UNADDRESSED_BUYER),
            {"electronic_address_missing"},
            id="no buyer",
        ),
        pytest.param(edocument(MANY), {"vat_rounding"}, id="rounding of £1"),
        pytest.param(edocument(MANY[:247]), set(), id="rounding of 99p"),
    ],
)
def test_why_there_is_no_einvoice(document: EDocument, expected: set[str]) -> None:
    assert codes(einvoice_reasons(document)) == expected


def test_the_sentences_that_people_read() -> None:
    nobody = edocument(
        [eline(OUTSIDE), eline(EXEMPT)], seller=UNADDRESSED_SELLER, buyer=UNADDRESSED_BUYER
    )
    assert einvoice_reasons(nobody) == (
        Reason(
            Kind.BLOCKS,
            "electronic_address_missing",
            "No electronic address for Harbour City Council and Harbour School had been entered when it was issued.",
        ),
        Reason(
            Kind.BLOCKS,
            "vat_categories_mixed",
            "The standard does not allow lines outside the scope of VAT together with other lines.",
        ),
    )
    assert einvoice_reasons(edocument(MANY)) == (
        Reason(
            Kind.BLOCKS,
            "vat_rounding",
            "VAT was rounded line by line, and on this many lines that is £1 or more away from the rate.",
        ),
    )
