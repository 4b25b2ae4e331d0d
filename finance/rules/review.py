"""What finance looks at before a charge is approved: everything about it that is not as usual.

Each flag stands for one ground, with the sentence that the page shows. ``finance.models.review.EXCEPTIONS`` has the
same as SQL, so that the list can put such charges first; a test runs both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from finance.rules.states import ChargeState
from govuk.rules.choice import Choice

# Someone who cancelled this soon after the deadline often asks for the fee to be waived.
JUST_LATE = timedelta(hours=1)


class ReviewFlag(Choice):
    """Why a charge is an exception, in the order in which the page names them."""

    UNDECIDED = "undecided", "Needs a decision"
    DISPUTED = "disputed", "Request to waive"
    HAD_LEFT = "had_left", "Had left the agency"
    UNCONFIRMED = "unconfirmed", "Job not confirmed"
    JUST_LATE = "just_late", "Cancelled within an hour of the deadline"
    NO_VAT = "no_vat", "No VAT treatment"
    NO_ORDER = "no_order", "Awaiting purchase order"
    NO_ADDRESS = "no_address", "No address"


# What to know, and what to do about it.
FLAG_SENTENCES = {
    ReviewFlag.UNDECIDED: "The charging policy leaves the amount to you.",
    ReviewFlag.DISPUTED: "Someone has asked for it to be waived. It is not invoiced until that is decided.",
    ReviewFlag.HAD_LEFT: "The person’s last day at the agency was before the event.",
    ReviewFlag.UNCONFIRMED: "The agency has not confirmed that the person works there.",
    ReviewFlag.JUST_LATE: "The place was cancelled less than an hour after free cancellation ended.",
    ReviewFlag.NO_VAT: "No VAT treatment has been set for this kind of charge, so it cannot be invoiced.",
    ReviewFlag.NO_ORDER: "The agency will not pay without a purchase order number, and none has been entered.",
    ReviewFlag.NO_ADDRESS: "The agency has no address for invoices.",
}


@dataclass(frozen=True)
class UnderReview:
    """What the flags depend on. ``worked_until`` is the last day of the job that the place was booked from.

    ``cancelled_at`` is when the cancellation of a place arrived, ``free_until`` until when it was free.
    """

    state: ChargeState
    is_disputed: bool
    first_day: date
    worked_until: date | None
    is_confirmed: bool
    cancelled_at: datetime | None
    free_until: datetime
    has_treatment: bool
    lacks_order: bool
    has_address: bool


def review_flags(charge: UnderReview) -> tuple[ReviewFlag, ...]:
    """Everything about a charge that is not as usual; empty for most."""
    applies = {
        ReviewFlag.UNDECIDED: charge.state is ChargeState.NEEDS_DECISION,
        ReviewFlag.DISPUTED: charge.is_disputed,
        ReviewFlag.HAD_LEFT: charge.worked_until is not None
        and charge.worked_until < charge.first_day,
        ReviewFlag.UNCONFIRMED: not charge.is_confirmed,
        ReviewFlag.JUST_LATE: _is_just_late(charge.cancelled_at, charge.free_until),
        ReviewFlag.NO_VAT: not charge.has_treatment,
        ReviewFlag.NO_ORDER: charge.lacks_order,
        ReviewFlag.NO_ADDRESS: not charge.has_address,
    }
    return tuple(flag for flag in ReviewFlag if applies[flag])


def _is_just_late(cancelled_at: datetime | None, free_until: datetime) -> bool:
    """Exactly on the deadline is in time; exactly an hour later still counts."""
    return cancelled_at is not None and free_until < cancelled_at <= free_until + JUST_LATE
