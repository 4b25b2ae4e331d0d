"""Issued documents as e-invoices see them, for the tests of what they say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from finance.rules.einvoices import (
    BankAccount,
    Corrected,
    EDocument,
    ELine,
    PostalAddress,
    TradeParty,
)
from finance.rules.states import DocumentKind
from finance.rules.vat import VatCode, VatTreatment, split_vat
from partnerships.rules.electronic_addresses import AddressScheme, ElectronicAddress

D = Decimal
FIFTY = D(50)
STANDARD = VatTreatment(VatCode.STANDARD, D(20))
ZERO = VatTreatment(VatCode.ZERO, reason="Books")
EXEMPT = VatTreatment(VatCode.EXEMPT, reason="Vocational training")
OUTSIDE = VatTreatment(VatCode.OUTSIDE_SCOPE, reason="Not a business activity")
SELLER = TradeParty(
    name="Harbour City Council",
    address=PostalAddress("Civic Centre", postcode="AB1 2CD"),
    electronic=ElectronicAddress(AddressScheme.GLN, "5000000000005"),
    vat_number="GB 123 4567 82",
    email="invoices@example.org",
)
BUYER = TradeParty(
    name="Harbour School",
    address=PostalAddress("1 School Lane", "Quay", "Harbour", "AB1 4XY"),
    electronic=ElectronicAddress(AddressScheme.GB_VAT, "GB123456782"),
)


def eline(treatment: VatTreatment = OUTSIDE, amount: Decimal = FIFTY, **said: Any) -> ELine:
    """A fee of £50 for a place that was not used."""
    split = split_vat(amount, treatment)
    facts: dict[str, Any] = {
        "name": "Non-attendance fee: Basics",
        "note": "No-show: £50.",
        "supplied_on": date(2026, 5, 1),
        "treatment": treatment,
        "net": split.net,
        "vat": split.vat,
    }
    return ELine(**facts | said)


def edocument(lines: Sequence[ELine], **said: Any) -> EDocument:
    """An invoice of these lines."""
    net, vat = sum((one.net for one in lines), D(0)), sum((one.vat for one in lines), D(0))
    facts: dict[str, Any] = {
        "kind": DocumentKind.INVOICE,
        "number": "INV20260001",
        "issued_on": date(2026, 6, 1),
        "due_on": date(2026, 7, 1),
        "seller": SELLER,
        "buyer": BUYER,
        "lines": tuple(lines),
        "net": net,
        "vat": vat,
        "gross": net + vat,
        "payment": "Please pay by 1 July 2026.",
        "account": BankAccount("000000", "00000000"),
    }
    return EDocument(**facts | said)


def ecredit(lines: Sequence[ELine], **said: Any) -> EDocument:
    """A credit note of these lines."""
    facts: dict[str, Any] = {
        "kind": DocumentKind.CREDIT_NOTE,
        "number": "CN20260001",
        "due_on": None,
        "account": None,
        "note": "Agreed",
        "corrects": Corrected("INV20260001", date(2026, 6, 1)),
    }
    return edocument(lines, **facts | said)
