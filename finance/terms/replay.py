"""Charges worked out again, however much later, from nothing but what was stored at the time."""

from __future__ import annotations

from bookings.rules.fees import Price
from bookings.rules.prices import ChargeKind
from bookings.rules.settlement import due_for
from bookings.terms.agreement import agreed_terms
from finance.models import Charge
from finance.rules.replay import replay_wording


def replayed(charge: Charge) -> Price | None:
    """What the stored inputs come to now; None for a charge that is older than the column for the notice given.

    The booking keeps its place and names a version of the policy, which no longer changes. Because the charge keeps
    the notice in units, neither the calendar nor the present date of the event is asked.
    """
    kind = ChargeKind(charge.kind)
    if kind is ChargeKind.LATE_CANCELLATION and charge.notice is None:
        return None
    return due_for(agreed_terms(charge.booking), kind, notice=charge.notice).price


def replay_of(charge: Charge) -> str:
    """Whether working a charge out again gives the same, in words."""
    again = replayed(charge)
    return replay_wording(charge.why, again.explanation if again else None)
