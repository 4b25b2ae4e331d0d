"""VAT of one line: net, VAT and gross by the treatment that the partnership's finance team chose.

Which treatment is right is never decided here: an exempt council, a fee outside the scope and a
commercial host at 20% all exist (docs/domain/rules.md, VAT; W48), so the treatment is data.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bookings.rules.money import percent_of, to_pence
from bookings.rules.prices import ChargeKind
from govuk.rules.choice import Choice
from govuk.rules.phrases import listed
from partnerships.rules.reasons import Kind, Reason

VAT_NUMBER = re.compile(
    r"(?P<trader>[0-9]{9})([0-9]{3})?|(?P<office>GD[0-4][0-9]{2}|HA[5-9][0-9]{2})"
)
VAT_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 1)


class VatCode(Choice):
    """The liability of a supply."""

    EXEMPT = "exempt", "Exempt from VAT"
    OUTSIDE_SCOPE = "outside_scope", "Outside the scope of VAT"
    STANDARD = "standard", "Standard-rated"
    ZERO = "zero", "Zero-rated"


@dataclass(frozen=True)
class VatTreatment:
    """A code with its rate in per cent and the reason printed when no VAT is charged."""

    code: VatCode
    rate: Decimal = Decimal(0)
    reason: str = ""
    prices_include_vat: bool = False


@dataclass(frozen=True)
class VatSplit:
    """Pounds; ``net`` and ``vat`` always add up to ``gross``."""

    net: Decimal
    vat: Decimal
    gross: Decimal


def split_vat(amount: Decimal, treatment: VatTreatment) -> VatSplit:
    """The amount that the policy names with VAT split off or added, as the treatment says."""
    if treatment.prices_include_vat:
        gross = to_pence(amount)
        net = to_pence(gross * 100 / (100 + treatment.rate))
        return VatSplit(net, gross - net, gross)
    net = to_pence(amount)
    vat = percent_of(net, treatment.rate)
    return VatSplit(net, vat, net + vat)


def vat_wording(treatment: VatTreatment) -> str:
    """What the invoice line prints. If there is no VAT, it has to say why."""
    if treatment.code is VatCode.STANDARD:
        return f"VAT at {treatment.rate.normalize():f}%"
    return f"{treatment.code.label}: {treatment.reason}"


def treatment_reasons(treatment: VatTreatment) -> tuple[Reason, ...]:
    """Why the treatment cannot be used; empty when it can."""
    charged = treatment.code is VatCode.STANDARD
    if charged != (treatment.rate > 0) or treatment.rate > 100:
        sentence = "Only the standard rate has a percentage, and it must be between 0 and 100."
        return (Reason(Kind.BLOCKS, "vat_rate", sentence),)
    if not charged and not treatment.reason.strip():
        sentence = "Say why no VAT is charged. The invoice will show this."
        return (Reason(Kind.BLOCKS, "vat_reason", sentence),)
    return ()


def vat_number_reasons(number: str) -> tuple[Reason, ...]:
    """Why this is not a UK VAT registration number: 9 digits with a checksum, 3 more for a branch, or GD or HA and 3.

    Government departments have GD numbers, health authorities HA numbers. Only HM Revenue & Customs can say
    whether the number belongs to the issuer.
    """
    found = VAT_NUMBER.fullmatch(compact_vat_number(number))
    if found and (found["office"] or adds_up(found["trader"])):
        return ()
    sentence = f"“{number}” is not a UK VAT registration number."
    step = "Copy it from the VAT certificate: GB and 9 digits, such as GB 123 4567 82."
    return (Reason(Kind.BLOCKS, "vat_number", sentence, step),)


def vat_number_in_print(number: str) -> str:
    """A valid number as documents show it: GB 123 4567 82."""
    compact = compact_vat_number(number)
    parts = (compact[:3], compact[3:7], compact[7:9], compact[9:])
    return " ".join(("GB", *(filter(None, parts) if compact.isdigit() else (compact,))))


def compact_vat_number(number: str) -> str:
    """Without the country and what people put between the digits."""
    bare = re.sub(r"[\s.-]", "", number.upper())
    return re.sub("^(GB|XI)", "", bare)


def adds_up(digits: str) -> bool:
    """The last two of nine digits check the others, modulo 97.

    Numbers that begin with 100 or more may be from a later series, whose check digits differ by 55.
    """
    total = sum(weight * int(digit) for weight, digit in zip(VAT_WEIGHTS, digits, strict=True))
    allowed = {0} if digits.startswith("0") else {0, 42, 55}
    return total > 0 and total % 97 in allowed


def registration_reasons(number: str, codes: Iterable[str]) -> tuple[Reason, ...]:
    """Only a registered issuer charges VAT, and the invoice names the registration (docs/domain/rules.md, VAT)."""
    if number or VatCode.STANDARD not in set(codes):
        return ()
    sentence = (
        "Invoices that charge VAT must show a VAT registration number, and none has been entered."
    )
    step = "Enter it on the finance page under “Who issues invoices and on what terms”."
    return (Reason(Kind.BLOCKS, "vat_number_missing", sentence, step),)


def untreated_reasons(kinds: Iterable[str], treated: Iterable[str]) -> tuple[Reason, ...]:
    """Kinds of charge that cannot be invoiced, because no VAT treatment has been set for them."""
    missing = sorted(set(kinds) - set(treated))
    if not missing:
        return ()
    fees = listed([f"{ChargeKind(kind).label.lower()}s" for kind in missing])
    sentence = f"Finance has not yet set a VAT treatment for {fees}."
    step = "Set it on the finance page under “VAT for each kind of charge”."
    return (Reason(Kind.BLOCKS, "vat_missing", sentence, step),)
