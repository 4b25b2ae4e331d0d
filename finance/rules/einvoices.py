"""What an e-invoice says and what stands in its way: EN 16931 in the Peppol BIS Billing 3.0 profile.

Facts of an issued document come in as they were frozen at issue; nothing is looked up again
(docs/domain/rules.md, e-invoices; ADR 0024).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from bookings.rules.money import NOTHING, percent_of
from finance.rules.states import DocumentKind
from finance.rules.vat import VatCode, VatTreatment, vat_wording
from govuk.rules.phrases import listed
from partnerships.rules.electronic_addresses import ElectronicAddress
from partnerships.rules.reasons import Kind, Reason

# UNCL5305: the letter of each treatment in the standard.
VAT_CATEGORIES = {
    VatCode.STANDARD: "S",
    VatCode.ZERO: "Z",
    VatCode.EXEMPT: "E",
    VatCode.OUTSIDE_SCOPE: "O",
}
# We round VAT line by line, the standard once for each rate. Its rules allow this much between the two (BR-CO-17).
ROUNDING_ALLOWED = Decimal("1.00")
POSTCODE_AT_END = re.compile(r"(.*?)[\s,]*\b([A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2})", re.I)
SORT_CODE = re.compile(r"(?<![0-9-])([0-9]{2})[- ]?([0-9]{2})[- ]?([0-9]{2})(?![0-9-])")
ACCOUNT_NUMBER = re.compile(r"(?<![0-9-])[0-9]{8}(?![0-9-])")


@dataclass(frozen=True)
class PostalAddress:
    """An address as the standard divides it. Which line is the town is not known, so none is called that."""

    street: str = ""
    additional: str = ""
    rest: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class BankAccount:
    sort_code: str
    number: str


@dataclass(frozen=True)
class TradeParty:
    """The seller or the buyer. Only the seller's VAT number and email address are known."""

    name: str
    address: PostalAddress
    electronic: ElectronicAddress | None
    vat_number: str = ""
    email: str = ""


@dataclass(frozen=True)
class ELine:
    """One line, in pounds, with the words of the document as issued."""

    name: str
    note: str
    supplied_on: date
    treatment: VatTreatment
    net: Decimal
    vat: Decimal


@dataclass(frozen=True)
class Corrected:
    """The invoice that a credit note corrects."""

    number: str
    issued_on: date


@dataclass(frozen=True)
class EDocument:
    """An issued invoice or credit note; ``payment`` says how to pay, in words. ``due_on`` only for invoices."""

    kind: DocumentKind
    number: str
    issued_on: date
    seller: TradeParty
    buyer: TradeParty
    lines: tuple[ELine, ...]
    net: Decimal
    vat: Decimal
    gross: Decimal
    payment: str
    due_on: date | None = None
    account: BankAccount | None = None
    purchase_order: str = ""
    note: str = ""
    corrects: Corrected | None = None

    @property
    def outside_scope(self) -> bool:
        """Whether a line is outside the scope of VAT, which changes what the document may show of VAT."""
        return any(line.treatment.code is VatCode.OUTSIDE_SCOPE for line in self.lines)


@dataclass(frozen=True)
class VatGroup:
    """The lines of one category and rate: net and VAT in pounds, and why there is none."""

    code: VatCode
    rate: Decimal
    net: Decimal
    vat: Decimal
    reason: str

    @property
    def category(self) -> str:
        return VAT_CATEGORIES[self.code]


def vat_groups(lines: Sequence[ELine]) -> Iterator[VatGroup]:
    """The breakdown of VAT. Reasons are for exempt and outside the scope only; others may not give one (BR-S-10)."""

    def of(line: ELine) -> tuple[VatCode, Decimal]:
        return line.treatment.code, line.treatment.rate

    for (code, rate), rows in groupby(sorted(lines, key=of), key=of):
        group = list(rows)
        said = dict.fromkeys(one.treatment.reason for one in group)
        explained = code in {VatCode.EXEMPT, VatCode.OUTSIDE_SCOPE}
        yield VatGroup(
            code=code,
            rate=rate,
            net=sum((one.net for one in group), NOTHING),
            vat=sum((one.vat for one in group), NOTHING),
            reason="; ".join(said) if explained else "",
        )


def line_note(clause: str, treatment: VatTreatment) -> str:
    """What the paper says under a line. Only here can a zero-rated line say why it is."""
    zero = vat_wording(treatment) if treatment.code is VatCode.ZERO else ""
    return " ".join(filter(None, (clause.strip(), zero)))


def postal_address(text: str) -> PostalAddress:
    """An address typed in lines, or in one line with commas; a postcode is what looks like one at its end."""
    lines = [line.strip(" ,") for line in text.splitlines() if line.strip(" ,")]
    if len(lines) == 1:
        lines = [part.strip() for part in lines[0].split(",") if part.strip()]
    postcode = ""
    found = POSTCODE_AT_END.fullmatch(lines[-1]) if lines else None
    if found:
        postcode = found[2].upper()
        lines = [*lines[:-1], *filter(None, [found[1]])]
    street, additional, *rest = [*lines, "", ""]
    return PostalAddress(street, additional, ", ".join(filter(None, rest)), postcode)


def bank_account(text: str) -> BankAccount | None:
    """The account in bank details that were typed freely, if there is exactly one sort code and one number."""
    numbers, codes = ACCOUNT_NUMBER.findall(text), SORT_CODE.findall(text)
    if len(numbers) != 1 or len(codes) != 1:
        return None
    return BankAccount("".join(codes[0]), numbers[0])


def is_billed_apart(code: VatCode, *, sent: bool) -> bool:
    """Whether a charge goes on another invoice than charges of the agency that have another VAT treatment.

    ``sent``: issuer and agency have electronic addresses, so the invoice is an e-invoice too. It then needs to keep
    what is outside the scope of VAT apart (see ``mixed``); without one, an agency gets one bill.
    ``finance.models.charge.billed_apart_sql`` is the same as SQL.
    """
    return sent and code is VatCode.OUTSIDE_SCOPE


def einvoice_reasons(document: EDocument) -> tuple[Reason, ...]:
    """Why there is no e-invoice of an issued document; empty if there is one."""
    return (*unaddressed(document), *mixed(document), *rounded_apart(document))


def unaddressed(document: EDocument) -> Iterator[Reason]:
    """Peppol delivers from one electronic address to another (PEPPOL-EN16931-R010, R020)."""
    parties = (document.seller, document.buyer)
    without = [party.name for party in parties if party.electronic is None]
    if without:
        yield Reason(
            Kind.BLOCKS,
            "electronic_address_missing",
            f"No electronic address for {listed(without)} had been entered when it was issued.",
        )


def mixed(document: EDocument) -> Iterator[Reason]:
    """An e-invoice has lines outside the scope of VAT or other lines, never both (BR-O-11, BR-O-12)."""
    if document.outside_scope and len({line.treatment.code for line in document.lines}) > 1:
        yield Reason(
            Kind.BLOCKS,
            "vat_categories_mixed",
            "The standard does not allow lines outside the scope of VAT together with other lines.",
        )


def rounded_apart(document: EDocument) -> Iterator[Reason]:
    """VAT of very many lines, each rounded, can be further from the rate than the standard allows."""
    if any(
        abs(group.vat - percent_of(group.net, group.rate)) >= ROUNDING_ALLOWED
        for group in vat_groups(document.lines)
    ):
        yield Reason(
            Kind.BLOCKS,
            "vat_rounding",
            "VAT was rounded line by line, and on this many lines that is £1 or more away from the rate.",
        )
