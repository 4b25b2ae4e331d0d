"""UK VAT registration numbers: whether one can be right, how it is printed, how programs write it."""

import re

from partnerships.rules.reasons import Kind, Reason

VAT_NUMBER = re.compile(
    r"(?P<trader>[0-9]{9})([0-9]{3})?|(?P<office>GD[0-4][0-9]{2}|HA[5-9][0-9]{2})"
)
VAT_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 1)


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
