"""VAT of one line: net, VAT and gross by the treatment that the partnership's finance team chose.

Which treatment is right is never decided here: an exempt council, a fee outside the scope and a
commercial host at 20% all exist (docs/domain/rules.md, VAT; W48), so the treatment is data.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bookings.rules.money import percent_of, to_pence
from bookings.rules.prices import ChargeKind
from govuk.rules.choice import Choice
from govuk.rules.phrases import listed
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
