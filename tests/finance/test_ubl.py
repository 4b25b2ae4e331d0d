"""E-invoices obey the UBL schema, the rules of EN 16931 and those of Peppol, whatever is on them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from finance.documents.ubl import ubl
from finance.rules.einvoices import EDocument, PostalAddress, einvoice_reasons
from finance.rules.vat import VatTreatment
from partnerships.rules.electronic_addresses import AddressScheme, ElectronicAddress
from tests.finance.peppol import amount, faults, texts
from tests.rules.finance.edocuments import (
    BUYER,
    EXEMPT,
    OUTSIDE,
    SELLER,
    STANDARD,
    ZERO,
    ecredit,
    edocument,
    eline,
)

D = Decimal
UNREGISTERED = replace(SELLER, vat_number="")
BY_VAT = replace(SELLER, electronic=ElectronicAddress(AddressScheme.GB_VAT, "GB123456782"))
BY_DUNS = replace(SELLER, electronic=ElectronicAddress(AddressScheme.DUNS, "214440000"))
BARE = replace(BUYER, address=PostalAddress())


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(edocument([eline(STANDARD), eline(STANDARD, D("33.33"))]), id="20%"),
        pytest.param(edocument([eline(ZERO)]), id="zero"),
        pytest.param(edocument([eline(EXEMPT)]), id="exempt"),
        pytest.param(edocument([eline(EXEMPT)], seller=UNREGISTERED), id="exempt, unregistered"),
        pytest.param(edocument([eline(ZERO)], seller=UNREGISTERED), id="zero, unregistered"),
        pytest.param(edocument([eline(OUTSIDE)]), id="outside the scope"),
        pytest.param(edocument([eline(OUTSIDE)], seller=BY_VAT), id="outside, known by VAT"),
        pytest.param(edocument([eline(OUTSIDE)], seller=BY_DUNS), id="outside, known by DUNS"),
        pytest.param(
            edocument([eline(STANDARD), eline(ZERO), eline(EXEMPT), eline(STANDARD)]), id="three"
        ),
        pytest.param(edocument([eline(STANDARD)], account=None, purchase_order="PO 7"), id="order"),
        pytest.param(edocument([eline(EXEMPT, note="")], buyer=BARE), id="little known"),
        pytest.param(ecredit([eline(STANDARD)]), id="credit"),
        pytest.param(ecredit([eline(STANDARD, D("0.01"))]), id="credit of a penny"),
        pytest.param(ecredit([eline(OUTSIDE, D(5))], seller=UNREGISTERED), id="credit outside"),
        pytest.param(ecredit([eline(EXEMPT)], purchase_order="PO 7"), id="credit of an order"),
    ],
)
def test_every_document_is_valid(document: EDocument) -> None:
    assert einvoice_reasons(document) == ()
    assert faults(ubl(document)) == []


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        (edocument([eline(STANDARD)], gross=D(1)), "BR-CO-15"),
        (edocument([eline(STANDARD)], net=D(49)), "BR-CO-10"),
        (edocument([eline(STANDARD)], vat=D(9)), "BR-CO-14"),
        (edocument([eline(STANDARD, vat=D(12))]), "BR-S-09"),
        (edocument([eline(OUTSIDE), eline(EXEMPT)]), "BR-O-11"),
        (edocument([eline(replace(EXEMPT, reason=""))]), "BR-E-10"),
        (edocument([eline(OUTSIDE)], seller=replace(SELLER, electronic=None)), "BR-CO-26"),
        (edocument([eline(EXEMPT)], buyer=replace(BUYER, electronic=None)), "R010"),
        (edocument([eline(EXEMPT)], number=""), "R008"),
    ],
)
def test_the_validators_see(document: EDocument, rule: str) -> None:
    assert rule in " ".join(faults(ubl(document)))


MIXTURES = st.lists(
    st.tuples(
        st.sampled_from([STANDARD, replace(STANDARD, rate=D(5)), ZERO, EXEMPT]),
        st.decimals("0.01", "99999.99", places=2),
    ),
    min_size=1,
    max_size=12,
)


def total(root: Any, kind: str) -> Decimal:
    return amount(root, f"a:LegalMonetaryTotal/b:{kind}")


@settings(max_examples=60, deadline=None)
@given(MIXTURES, st.booleans())
def test_lines_sum_to_totals(mixture: list[tuple[VatTreatment, Decimal]], included: bool) -> None:
    lines = [
        eline(replace(treatment, prices_include_vat=included), price)
        for treatment, price in mixture
    ]
    document = edocument(lines)
    content = ubl(document)
    root = etree.fromstring(content)
    nets = [D(text) for text in texts(root, "a:InvoiceLine/b:LineExtensionAmount")]
    groups = "a:TaxTotal/a:TaxSubtotal"
    assert sum(nets) == total(root, "LineExtensionAmount") == document.net
    assert sum(map(D, texts(root, f"{groups}/b:TaxableAmount"))) == document.net
    assert sum(map(D, texts(root, f"{groups}/b:TaxAmount"))) == document.vat
    assert total(root, "PayableAmount") == document.net + document.vat
    assert faults(content) == []


def test_what_people_typed_stays_text() -> None:
    odd = "<b>Fish & chips</b> “É” ]]>"
    document = edocument([eline(OUTSIDE, name=odd, note=odd)], buyer=replace(BUYER, name=odd))
    content = ubl(document)
    root = etree.fromstring(content)
    assert texts(root, "a:InvoiceLine/a:Item/b:Name") == [odd]
    assert faults(content) == []


def test_a_vat_number_is_shown_only_where_the_standard_allows_it() -> None:
    company = "a:AccountingSupplierParty/a:Party/a:PartyTaxScheme/b:CompanyID"
    shown = {
        name: texts(etree.fromstring(ubl(document)), company)
        for name, document in {
            "20%": edocument([eline(STANDARD)]),
            "outside": edocument([eline(OUTSIDE)]),
            "unregistered": edocument([eline(EXEMPT)], seller=UNREGISTERED),
        }.items()
    }
    assert shown == {
        "20%": ["GB123456782"],
        "outside": [],
        "unregistered": ["Not registered for VAT"],
    }
