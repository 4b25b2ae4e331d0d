"""Whether the policy that a booking was made on charges its extra costs."""

from __future__ import annotations

from dataclasses import replace

from bookings.models import Booking
from bookings.rules.money import PENNY
from bookings.rules.prices import ChargeKind
from bookings.terms.agreement import agreed_terms


def charges_extras(booking: Booking) -> bool:
    """Whether they are charged whatever happens, rather than only with a fee or not at all."""
    agreed = replace(agreed_terms(booking), extras=(("", PENNY),))
    return agreed.asks_for(ChargeKind.EXTRAS)
