"""VAT of one line: net, VAT and gross by the treatment that the partnership's finance chose.

Which treatment is right is never decided here: an exempt council, a fee outside the scope and a
commercial host at 20% all exist (domain.md 3, W48), so the treatment is data.
"""

from dataclasses import dataclass
from decimal import Decimal

from bookings.rules.money import percent_of, to_pence
from partnerships.rules.choice import Choice
from partnerships.rules.reasons import Kind, Reason


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
    """The amount of the price list taken apart, or added to, by the treatment."""
    if treatment.prices_include_vat:
        gross = to_pence(amount)
        net = to_pence(gross * 100 / (100 + treatment.rate))
        return VatSplit(net, gross - net, gross)
    net = to_pence(amount)
    vat = percent_of(net, treatment.rate)
    return VatSplit(net, vat, net + vat)


def vat_wording(treatment: VatTreatment) -> str:
    """What the invoice line prints; without VAT it has to say why."""
    if treatment.code is VatCode.STANDARD:
        return f"VAT at {treatment.rate.normalize():f}%"
    return f"{treatment.code.label}: {treatment.reason}"


def treatment_reasons(treatment: VatTreatment) -> tuple[Reason, ...]:
    """Why the treatment cannot be used; empty when it can."""
    charged = treatment.code is VatCode.STANDARD
    if charged != (treatment.rate > 0) or treatment.rate > 100:
        sentence = "Only the standard rate has a percentage, and it lies between 0 and 100."
        return (Reason(Kind.BLOCKS, "vat_rate", sentence),)
    if not charged and not treatment.reason.strip():
        sentence = "Say why no VAT is charged; the invoice prints it."
        return (Reason(Kind.BLOCKS, "vat_reason", sentence),)
    return ()
