"""Numbers of invoices and credit notes that every payer's system accepts.

NHS Shared Business Services refuses anything but digits and capitals, more than 30 of them, and a
credit note numbered like an invoice (docs/domain/rules.md, document numbers; W47). The strictest payer
sets the rule for all.
"""

import re
from collections.abc import Mapping

from finance.rules.states import DocumentKind
from govuk.rules.phrases import listed
from partnerships.rules.reasons import Kind, Reason

LONGEST = 30
# Leaves room for a year and a good many digits after the prefix.
LONGEST_PREFIX = 12


def number_reasons(number: str) -> tuple[Reason, ...]:
    """Why payers would refuse the number; empty when they accept it."""
    wrong = sorted(set(re.findall("[^0-9A-Z]", number)))
    if wrong:
        found = listed(["a space" if sign.isspace() else f"“{sign}”" for sign in wrong])
        sentence = f"A document number can only contain digits and capital letters, not {found}."
        return (Reason(Kind.BLOCKS, "number_characters", sentence, "Leave those characters out."),)
    if not 1 <= len(number) <= LONGEST:
        sentence = f"A document number has 1 to {LONGEST} characters; this one has {len(number)}."
        return (Reason(Kind.BLOCKS, "number_length", sentence),)
    return ()


def prefix_reasons(prefix: str, kind: DocumentKind, used: Mapping[str, str]) -> tuple[Reason, ...]:
    """Why a kind of document cannot have this prefix. ``used`` names the kind that each prefix was first used for.

    Because they end with a letter, two different prefixes can never make the same number, whatever digits follow. So
    numbers are unique across both kinds for good, as long as a prefix stays with its kind.
    """
    if not prefix or number_reasons(prefix) or len(prefix) > LONGEST_PREFIX or prefix[-1].isdigit():
        sentence = "A prefix can be up to 12 capital letters and digits, and must end with a letter, such as INV."
        return (Reason(Kind.BLOCKS, "prefix_malformed", sentence),)
    owner = DocumentKind(used.get(prefix, kind))
    if owner is not kind:
        sentence = (
            f"{prefix} is the prefix of {owner.label.lower()}s already issued and stays with them,"
            " so that no two documents ever have the same number."
        )
        return (Reason(Kind.BLOCKS, "prefix_taken", sentence, "Choose another prefix."),)
    return ()


def shared_prefix_reasons(invoice_prefix: str, credit_note_prefix: str) -> tuple[Reason, ...]:
    """Why the two kinds cannot have these prefixes together."""
    if invoice_prefix != credit_note_prefix:
        return ()
    sentence = "Credit notes need a different prefix from invoices."
    return (Reason(Kind.BLOCKS, "prefix_shared", sentence, "Use CN, for example."),)


def format_number(prefix: str, number: int, year: int | None = None, width: int = 4) -> str:
    """INV20250001: prefix, four digits of the year if the series has one, the running number."""
    return f"{prefix}{'' if year is None else f'{year:04}'}{number:0{width}}"
