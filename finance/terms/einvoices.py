"""What the e-invoice of an issued document says, from what was frozen when it was issued."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bookings.rules.money import pounds
from finance.models import CreditNote, Invoice, InvoiceLine
from finance.rules.einvoices import (
    Corrected,
    EDocument,
    ELine,
    TradeParty,
    bank_account,
    line_note,
    postal_address,
)
from finance.rules.states import DocumentKind
from finance.rules.vat import VatCode, VatTreatment
from govuk.rules.phrases import short_date
from partnerships.rules.electronic_addresses import AddressScheme, ElectronicAddress


def facts_of(document: Invoice | CreditNote) -> EDocument:
    """What the document says; reads its lines."""
    if isinstance(document, CreditNote):
        return facts_of_credit_note(document)
    return facts_of_invoice(document, document.lines.all())


def facts_of_invoice(invoice: Invoice, lines: Iterable[InvoiceLine]) -> EDocument:
    bank = str(invoice.issuer.get("bank_details", ""))
    pay = f"Please pay {pounds(invoice.gross)} by {short_date(invoice.due_on)}. {bank}"
    return EDocument(
        kind=DocumentKind.INVOICE,
        number=invoice.number,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        seller=seller_of(invoice),
        buyer=buyer_of(invoice),
        lines=tuple(
            ELine(
                name=line.description,
                note=line_note(line.clause, treatment_of(line)),
                supplied_on=line.supplied_on,
                treatment=treatment_of(line),
                net=line.net,
                vat=line.vat,
            )
            for line in lines
        ),
        net=invoice.net,
        vat=invoice.vat,
        gross=invoice.gross,
        payment=pay,
        account=bank_account(bank),
        purchase_order=invoice.purchase_order,
    )


def facts_of_credit_note(note: CreditNote) -> EDocument:
    invoice, line = note.invoice, note.line
    credited = ELine(
        name=f"Line {line.position} of invoice {invoice.number}: {line.description}",
        note=line_note("", treatment_of(line)),
        supplied_on=line.supplied_on,
        treatment=treatment_of(line),
        net=note.net,
        vat=note.vat,
    )
    return EDocument(
        kind=DocumentKind.CREDIT_NOTE,
        number=note.number,
        issued_on=note.issued_on,
        seller=seller_of(invoice),
        buyer=buyer_of(invoice),
        lines=(credited,),
        net=note.net,
        vat=note.vat,
        gross=note.gross,
        payment=f"Nothing to pay. This takes {pounds(note.gross)} off invoice {invoice.number}.",
        purchase_order=invoice.purchase_order,
        note=note.reason,
        corrects=Corrected(invoice.number, invoice.issued_on),
    )


def treatment_of(line: InvoiceLine) -> VatTreatment:
    """The VAT treatment of a line on the day of issue."""
    return VatTreatment(VatCode(line.vat_code), line.vat_rate, line.vat_reason.rstrip("."))


def seller_of(invoice: Invoice) -> TradeParty:
    """The issuer. Invoices from before there were e-invoices know no electronic address."""
    issuer = defaultdict(str, invoice.issuer)
    return TradeParty(
        name=issuer["name"],
        address=postal_address(issuer["address"]),
        electronic=address_from(issuer["electronic_scheme"], issuer["electronic_address"]),
        vat_number=issuer["vat_number"],
        email=issuer["email"],
    )


def buyer_of(invoice: Invoice) -> TradeParty:
    return TradeParty(
        name=invoice.customer_name,
        address=postal_address(invoice.customer_address),
        electronic=address_from(
            invoice.customer_electronic_scheme, invoice.customer_electronic_address
        ),
    )


def address_from(scheme: str, identifier: str) -> ElectronicAddress | None:
    return ElectronicAddress(AddressScheme(scheme), identifier) if scheme else None
