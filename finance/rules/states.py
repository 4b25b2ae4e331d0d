"""States of charges, requests and documents, and the sets that rules read."""

from govuk.rules.choice import Choice


class ChargeState(Choice):
    """How far a charge has got between the rule and the invoice."""

    NEEDS_DECISION = "needs_decision", "Needs a decision"
    TO_REVIEW = "to_review", "To review"
    APPROVED = "approved", "Ready to invoice"
    INVOICED = "invoiced", "Invoiced"
    WAIVED = "waived", "Waived"


# Finance has not decided on it yet.
UNDECIDED = frozenset({ChargeState.NEEDS_DECISION, ChargeState.TO_REVIEW})
NOT_INVOICED = UNDECIDED | {ChargeState.APPROVED}
WAITING = "waiting", "To review or decide"  # both of them, as a filter


class DocumentKind(Choice):
    """Kinds of numbered document, each with an unbroken series of its own."""

    INVOICE = "invoice", "Invoice"
    CREDIT_NOTE = "credit_note", "Credit note"


class MitigationState(Choice):
    """Where a request to waive a charge is."""

    OPEN = "open", "To decide"
    GRANTED = "granted", "Waived"
    SUBSTITUTED = "substituted", "Waived: a colleague took the place"
    REFUSED = "refused", "Charge stands"


# Nothing has to be paid.
LETS_OFF = frozenset({MitigationState.GRANTED, MitigationState.SUBSTITUTED})


class ImportState(Choice):
    """How far a payment of an imported file has got."""

    TO_REVIEW = "to_review", "To review"
    ACCEPTED = "accepted", "Accepted"
    RELEASED = "released", "Being entered"
    ENTERED = "entered", "Entered"
    SET_ASIDE = "set_aside", "Set aside"


# A person may still decide otherwise.
CAN_BE_DECIDED = frozenset({ImportState.TO_REVIEW, ImportState.ACCEPTED, ImportState.SET_ASIDE})
