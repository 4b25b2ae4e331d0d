"""Disputes: an agency's finance contact does not agree with a line of an invoice."""

from decimal import Decimal

from bookings.rules.money import NOTHING
from govuk.rules.choice import Choice
from partnerships.rules.reasons import Kind, Reason


class DisputeState(Choice):
    """Where a dispute is. Reminders of the invoice stop while one of its lines has an open dispute."""

    OPEN = "open", "To answer"
    STANDS = "stands", "Charge stands"
    REDUCED = "reduced", "Credit agreed"


class Objection(Choice):
    """What an agency can say is wrong with a line of an invoice."""

    NOT_OURS = "not_ours", "The person does not work for us"
    CANCELLED = "cancelled", "The place was cancelled in time"
    ATTENDED = "attended", "The person was there"
    AMOUNT = "amount", "The amount is wrong"
    PAID = "paid", "We have already paid it"
    ORDER = "order", "The purchase order number is wrong or missing"
    OTHER = "other", "Something else"


def objection_reasons(
    left: Decimal, *, is_open: bool, agreed: Decimal = NOTHING
) -> tuple[Reason, ...]:
    """Why a line cannot be disputed.

    In pounds: ``left`` has not been credited; ``agreed`` is a credit that was agreed and has no credit note yet.
    """
    if is_open:
        sentence = "There is already an open dispute about this line."
        return (Reason(Kind.BLOCKS, "dispute_open", sentence, "We will email the answer."),)
    if agreed > 0:
        sentence = "We have agreed to credit this line."
        step = "Once you have the credit note, you can dispute what is left."
        return (Reason(Kind.BLOCKS, "credit_agreed", sentence, step),)
    if left <= 0:
        sentence = "This line has been credited in full, so there is nothing to dispute."
        return (Reason(Kind.BLOCKS, "nothing_left", sentence),)
    return ()


def still_to_credit(agreed: Decimal, credited_since: Decimal, left: Decimal) -> Decimal:
    """How much of an agreed credit has no credit note yet: never more than is left of the line."""
    return max(min(agreed - credited_since, left), NOTHING)
