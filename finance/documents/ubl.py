"""An e-invoice as XML: UBL 2.1, in the order of its schema, with what Peppol BIS Billing 3.0 allows."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from finance.rules.einvoices import (
    VAT_CATEGORIES,
    EDocument,
    ELine,
    PostalAddress,
    TradeParty,
    VatGroup,
    vat_groups,
)
from finance.rules.states import DocumentKind
from finance.rules.vat import VatCode
from partnerships.rules.electronic_addresses import AddressScheme
from partnerships.rules.vat_numbers import compact_vat_number

UBL = "urn:oasis:names:specification:ubl:schema:xsd"
AGGREGATE = f"{UBL}:CommonAggregateComponents-2"
BASIC = f"{UBL}:CommonBasicComponents-2"
CUSTOMIZATION = (
    "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"  # BIS Billing 3.0
)
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
# UNCL1001: 380 is a commercial invoice, 381 a credit note.
TYPE_CODES = {DocumentKind.INVOICE: "380", DocumentKind.CREDIT_NOTE: "381"}
ROOTS = {DocumentKind.INVOICE: "Invoice", DocumentKind.CREDIT_NOTE: "CreditNote"}
QUANTITIES = {
    DocumentKind.INVOICE: "InvoicedQuantity",
    DocumentKind.CREDIT_NOTE: "CreditedQuantity",
}
CREDIT_TRANSFER, NOT_DEFINED = "30", "1"  # UNCL4461
ONE = "C62"  # UN/ECE Recommendation 20: one of something
NO_ORDER = "none given"  # as printed; the profile asks for an order number or a reference (R003)
# Where there is no VAT number, BT-32 states the seller's tax status in words (BR-E-02).
UNREGISTERED = "Not registered for VAT"


def ubl(document: EDocument) -> bytes:
    """The whole document. Call it only if ``einvoice_reasons`` has none."""
    kind = document.kind
    name = ROOTS[kind]
    prefixes = {None: f"{UBL}:{name}-2", "cac": AGGREGATE, "cbc": BASIC}
    root = etree.Element(f"{{{prefixes[None]}}}{name}", nsmap=prefixes)
    root.append(cbc("CustomizationID", CUSTOMIZATION))
    root.append(cbc("ProfileID", PROFILE))
    root.append(cbc("ID", document.number))
    root.append(cbc("IssueDate", document.issued_on.isoformat()))
    if document.due_on:
        root.append(cbc("DueDate", document.due_on.isoformat()))
    root.append(cbc(f"{name}TypeCode", TYPE_CODES[kind]))
    root.extend(said("Note", document.note))
    root.append(cbc("DocumentCurrencyCode", "GBP"))
    root.extend(references(document))
    root.append(cac("AccountingSupplierParty", seller(document)))
    root.append(cac("AccountingCustomerParty", party(document.buyer)))
    root.extend(payment(document))
    root.append(tax_total(document))
    root.append(totals(document))
    root.extend(line(position, one, document) for position, one in enumerate(document.lines, 1))
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def cac(name: str, *children: etree._Element) -> etree._Element:
    """An element of parts, by the prefix that UBL gives these."""
    made = etree.Element(f"{{{AGGREGATE}}}{name}")
    made.extend(children)
    return made


def cbc(name: str, text: str, **attributes: str) -> etree._Element:
    """An element of text."""
    made = etree.Element(f"{{{BASIC}}}{name}", attributes)
    made.text = text
    return made


def said(name: str, text: str) -> list[etree._Element]:
    """An element with text; nothing if there is none, because no element may be empty (R008)."""
    return [cbc(name, text.strip())] if text.strip() else []


def money(name: str, amount: Decimal) -> etree._Element:
    return cbc(name, f"{amount:.2f}", currencyID="GBP")


def references(document: EDocument) -> list[etree._Element]:
    """The buyer's order, or that it gave none, and the invoice that a credit note corrects."""
    order = document.purchase_order.strip()
    found = (
        [cac("OrderReference", cbc("ID", order))] if order else [cbc("BuyerReference", NO_ORDER)]
    )
    if document.corrects:
        before = cac(
            "InvoiceDocumentReference",
            cbc("ID", document.corrects.number),
            cbc("IssueDate", document.corrects.issued_on.isoformat()),
        )
        found.append(cac("BillingReference", before))
    return found


def seller(document: EDocument) -> etree._Element:
    """The issuer. A VAT number may not appear if lines are outside the scope of VAT (BR-O-02)."""
    who = document.seller
    if document.outside_scope:
        return party(who, identified=True)
    if not who.vat_number:
        return party(who, tax_scheme(UNREGISTERED, "TAX"), identified=True)
    number = f"GB{compact_vat_number(who.vat_number)}"
    return party(who, tax_scheme(number, "VAT"))


def tax_scheme(identifier: str, scheme: str) -> etree._Element:
    return cac("PartyTaxScheme", cbc("CompanyID", identifier), cac("TaxScheme", cbc("ID", scheme)))


def party(
    who: TradeParty, tax: etree._Element | None = None, *, identified: bool = False
) -> etree._Element:
    """A party with its tax scheme.

    ``identified`` repeats its electronic address as its identifier: BR-CO-26 wants one of a seller who shows no VAT
    number.
    """
    made: list[etree._Element] = []
    if who.electronic:
        scheme, identifier = who.electronic.scheme, who.electronic.identifier
        made.append(cbc("EndpointID", identifier, schemeID=scheme.value))
        if identified:
            # GLN and DUNS are schemes of ISO 6523, which identifiers may name. VAT numbers are not.
            named = {} if scheme is AddressScheme.GB_VAT else {"schemeID": scheme.value}
            made.append(cac("PartyIdentification", cbc("ID", identifier, **named)))
    made.append(postal(who.address))
    if tax is not None:
        made.append(tax)
    made.append(cac("PartyLegalEntity", cbc("RegistrationName", who.name)))
    if who.email:
        made.append(cac("Contact", cbc("ElectronicMail", who.email)))
    return cac("Party", *made)


def postal(address: PostalAddress) -> etree._Element:
    return cac(
        "PostalAddress",
        *said("StreetName", address.street),
        *said("AdditionalStreetName", address.additional),
        *said("PostalZone", address.postcode),
        *([cac("AddressLine", cbc("Line", address.rest))] if address.rest else []),
        cac("Country", cbc("IdentificationCode", "GB")),
    )


def payment(document: EDocument) -> list[etree._Element]:
    """How and by when to pay. The account is its own element only where the bank details are plain enough to read."""
    found = []
    if document.kind is DocumentKind.INVOICE:
        means = cac(
            "PaymentMeans",
            cbc("PaymentMeansCode", CREDIT_TRANSFER if document.account else NOT_DEFINED),
            cbc("PaymentID", document.number),
        )
        if document.account:
            branch = cac("FinancialInstitutionBranch", cbc("ID", document.account.sort_code))
            means.append(cac("PayeeFinancialAccount", cbc("ID", document.account.number), branch))
        found.append(means)
    return [*found, cac("PaymentTerms", *said("Note", document.payment))]


def tax_total(document: EDocument) -> etree._Element:
    return cac(
        "TaxTotal",
        money("TaxAmount", document.vat),
        *(
            cac(
                "TaxSubtotal",
                money("TaxableAmount", group.net),
                money("TaxAmount", group.vat),
                category(group),
            )
            for group in vat_groups(document.lines)
        ),
    )


def category(group: VatGroup) -> etree._Element:
    return cac(
        "TaxCategory",
        cbc("ID", group.category),
        *percent(group.code, group.rate),
        *said("TaxExemptionReason", group.reason),
        cac("TaxScheme", cbc("ID", "VAT")),
    )


def percent(code: VatCode, rate: Decimal) -> list[etree._Element]:
    """The rate; outside the scope of VAT there is none, not even 0 (BR-O-05)."""
    return [] if code is VatCode.OUTSIDE_SCOPE else [cbc("Percent", f"{rate:.2f}")]


def totals(document: EDocument) -> etree._Element:
    return cac(
        "LegalMonetaryTotal",
        money("LineExtensionAmount", document.net),
        money("TaxExclusiveAmount", document.net),
        money("TaxInclusiveAmount", document.gross),
        money("PayableAmount", document.gross),
    )


def line(position: int, one: ELine, document: EDocument) -> etree._Element:
    """A line: one of what it names, so that its price is its net amount (R120)."""
    treatment, day = one.treatment, one.supplied_on.isoformat()
    return cac(
        f"{ROOTS[document.kind]}Line",
        cbc("ID", str(position)),
        *said("Note", one.note),
        cbc(QUANTITIES[document.kind], "1", unitCode=ONE),
        money("LineExtensionAmount", one.net),
        cac("InvoicePeriod", cbc("StartDate", day), cbc("EndDate", day)),
        cac(
            "Item",
            cbc("Name", one.name),
            cac(
                "ClassifiedTaxCategory",
                cbc("ID", VAT_CATEGORIES[treatment.code]),
                *percent(treatment.code, treatment.rate),
                cac("TaxScheme", cbc("ID", "VAT")),
            ),
        ),
        cac("Price", money("PriceAmount", one.net)),
    )
