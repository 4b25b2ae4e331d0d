"""What agencies owe for the year: charges by the real rules, and the documents that finance has made of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal

from bookings.models import Booking
from bookings.rules.settlement import Due, Settlement, settled_by_register
from bookings.rules.states import BookingState
from bookings.terms.agreement import agreed_terms
from bookings.terms.settlements import cancelling
from courses.rules.prices import ChargeKind, FeeOutcome
from finance.bridge import arose_on, first_state
from finance.models import Charge
from finance.rules.states import ChargeState
from tools.demo.registers import marks_of
from tools.demo.town import Occasion, Seat, Town

REVIEWED = {"approved", "invoiced", "paid"}
NO_CHARGE = "No charge this time: it is a small charity and the place would have stayed empty."


def load_charges(town: Town) -> list[Charge]:
    """One charge for each booking that owes something, in the state that its event's story tells."""
    made: list[Charge] = Charge.objects.bulk_create(
        [one for occasion in town.occasions for one in charges_of(town, occasion)], batch_size=500
    )
    return made


def charges_of(town: Town, occasion: Occasion) -> Iterator[Charge]:
    """What the rules say of every booking that is over, by the same settlement as the operations write."""
    for seat in occasion.seats:
        settlement = settlement_of(town, occasion, seat)
        for due in settlement.charges if settlement else ():
            yield charge(town, occasion, seat.booking, due)


def settlement_of(town: Town, occasion: Occasion, seat: Seat) -> Settlement | None:
    """How the booking ended; None where it has not, or the partnership ended it."""
    booking = seat.booking
    if booking.state == BookingState.LATE_CANCELLED:
        assert booking.cancel_received_at is not None
        return cancelling(booking, booking.cancel_received_at)
    marks = [each.as_rule() for each in marks_of(town, occasion, seat)] if occasion.closed else []
    return (
        settled_by_register(agreed_terms(booking), marks, walk_in=booking.walk_in)
        if marks
        else None
    )


def charge(town: Town, occasion: Occasion, booking: Booking, due: Due) -> Charge:
    """To review, or ready to invoice where finance has looked at the event's charges."""
    created_at = booking.cancel_entered_at or occasion.event.register_closed_at
    assert created_at is not None
    amount = due.price.amount or Decimal("0.00")
    undecided = due.price.outcome is FeeOutcome.DECISION
    one = Charge(
        booking=booking,
        agency=booking.agency,
        kind=due.kind,
        state=first_state(due),
        amount=amount,
        explanation=due.price.explanation.to_json(),
        arose_on=arose_on(booking),
        created_at=created_at,
    )
    reviewed_at = review_time(town, created_at)
    if occasion.story.get("charges") in REVIEWED and reviewed_at < town.office_closed:
        one.decided_by, one.decided_at = town.member("finance"), reviewed_at
        one.state = ChargeState.WAIVED if undecided else ChargeState.APPROVED
        one.decision_reason = NO_CHARGE if undecided else ""
    return one


def review_time(town: Town, created_at: datetime) -> datetime:
    """Finance looks three days later."""
    day = created_at.astimezone(town.zone).date() + timedelta(days=3)
    return town.in_the_office(town.at(day, time(15, 5)))


def is_wasted(one: Charge) -> bool:
    """A fee for a place that nobody used."""
    return one.kind in {ChargeKind.LATE_CANCELLATION, ChargeKind.NO_SHOW}
