"""When extra costs of a place can be recorded and withdrawn: as long as the place has not been settled."""

from __future__ import annotations

from decimal import Decimal

from bookings.rules.money import NOTHING
from bookings.rules.states import AWAITS_APPROVAL, CAN_BE_CANCELLED, BookingState
from partnerships.rules.reasons import Kind, Reason

MOST_EXTRA = Decimal("9999.99")


def extra_cost_reason(state: BookingState) -> Reason | None:
    """Why the extra costs of a booking can no longer change; None if they can.

    What a place owes is worked out once, when it is cancelled or its register is closed. After that finance changes
    the charge until it is invoiced.
    """
    if state in CAN_BE_CANCELLED and state is not BookingState.PROPOSED:
        return None
    if state in AWAITS_APPROVAL:
        sentence, step = "A colleague still has this place.", "Wait until it is handed over."
    else:
        sentence = "What this place costs has already been worked out."
        step = "Reopen the register, or ask finance to change the charge before it is invoiced."
    return Reason(Kind.BLOCKS, "extras_settled", sentence, step)


def extra_amount_reason(amount: Decimal) -> Reason | None:
    """Why an amount in pounds cannot be an extra cost."""
    if NOTHING < amount <= MOST_EXTRA:
        return None
    step = "Enter an amount above £0, up to £9,999.99."
    return Reason(Kind.BLOCKS, "amount", "This is not an amount that can be charged.", step)
