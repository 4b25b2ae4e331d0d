"""What an agency's purchase order number may look like, so that its payment system recognises it on an invoice."""

import re

from govuk.rules.phrases import listed
from partnerships.rules.reasons import Kind, Reason

# What an agency and its invoices can hold.
LONGEST_ORDER = 60


def order_number_reasons(number: str) -> tuple[Reason, ...]:
    """Why payers' systems would not take a purchase order number back (docs/domain/rules.md, document numbers)."""
    wrong = sorted(set(re.findall(r"[^0-9A-Za-z /._-]", number)))
    if wrong:
        sentence = (
            "An order number can only contain letters, digits, spaces and the signs - / . _,"
            f" not {listed([f'“{sign}”' for sign in wrong])}."
        )
        return (order_refused(sentence, "Copy it from the order."),)
    if not re.search("[0-9A-Za-z]", number):
        return (order_refused("An order number has letters or digits.", "Copy it from the order."),)
    if len(number) > LONGEST_ORDER:
        sentence = (
            f"An order number has up to {LONGEST_ORDER} characters; this one has {len(number)}."
        )
        return (order_refused(sentence),)
    return ()


def order_refused(sentence: str, next_step: str = "") -> Reason:
    """What is wrong with a number that was typed."""
    return Reason(Kind.BLOCKS, "number", sentence, next_step)
