"""Electronic addresses: where an organisation takes in e-invoices (docs/domain/rules.md, e-invoices)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govuk.rules.choice import Choice
from partnerships.rules.reasons import Kind, Reason
from partnerships.rules.vat_numbers import compact_vat_number, vat_number_reasons


class AddressScheme(Choice):
    """The schemes that UK organisations use, by their codes in Peppol's list of electronic address schemes."""

    GLN = "0088", "GLN (Global Location Number)"
    DUNS = "0060", "DUNS number"
    GB_VAT = "9932", "VAT registration number"


@dataclass(frozen=True)
class ElectronicAddress:
    """A scheme and an identifier in it, as e-invoices write them."""

    scheme: AddressScheme
    identifier: str


def compact_address(scheme: str, identifier: str) -> str:
    """As programs write it: without what people put between the digits; a VAT number begins with GB."""
    if scheme == AddressScheme.GB_VAT and identifier.strip():
        return f"GB{compact_vat_number(identifier)}"
    return re.sub(r"[\s.-]", "", identifier)


def address_reasons(scheme: str, identifier: str) -> tuple[Reason, ...]:
    """Why this cannot be an electronic address; codes are names of columns. Neither scheme nor identifier is fine."""
    compact = compact_address(scheme, identifier)
    if not scheme and not compact:
        return ()
    if not scheme:
        sentence = "Select what kind of electronic address this is."
        return (Reason(Kind.BLOCKS, "electronic_scheme", sentence),)
    if scheme == AddressScheme.GLN and not is_gln(compact):
        sentence = "A GLN has 13 digits, and the last one checks the others."
        return wrong(identifier, sentence, "such as 9520000000004")
    if scheme == AddressScheme.DUNS and not re.fullmatch("[0-9]{9}", compact):
        return wrong(identifier, "A DUNS number has 9 digits.", "such as 21-444-0000")
    if scheme == AddressScheme.GB_VAT and vat_number_reasons(compact):
        sentence = "A UK VAT registration number has 9 digits, and the last two check the others."
        return wrong(identifier, sentence, "such as GB 123 4567 82")
    return ()


def wrong(identifier: str, sentence: str, example: str) -> tuple[Reason, ...]:
    """What such an identifier looks like."""
    said = f"“{identifier}” is not one. " if identifier else ""
    step = f"{said}Copy it from the organisation’s own papers, {example}."
    return (Reason(Kind.BLOCKS, "electronic_address", sentence, step),)


def is_gln(digits: str) -> bool:
    """13 digits; weighted 1, 3, 1, 3 and so on, they add up to a multiple of 10 (GS1 General Specifications)."""
    if not re.fullmatch("[0-9]{13}", digits):
        return False
    return sum(int(one) * (3 if place % 2 else 1) for place, one in enumerate(digits)) % 10 == 0
