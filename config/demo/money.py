"""What agencies owe for the year: charges by the real rules, and the documents that finance has made of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal

from bookings.models import Booking, Charge
from bookings.operations.raise_charge import arose_on, notice_given
from bookings.reports.terms import group_code
from bookings.rules.charging import BookingFacts, ChargeDue, charge_for
from bookings.rules.states import BookingState, ChargeKind, ChargeState, FeeOutcome
from config.demo.town import Occasion, Town
from courses.rules.states import EventState

CHARGED_EARLY = (
    BookingState.LATE_CANCELLED
)  # before the event; everything else when the register closes
REVIEWED = {"approved", "invoiced", "paid"}
NO_CHARGE = "No charge this time: a small charity, and the place would have stayed empty."


def load_charges(town: Town) -> list[Charge]:
    """One charge for each booking that owes something, in the state that its event's story tells."""
    made: list[Charge] = Charge.objects.bulk_create(
        [one for occasion in town.occasions for one in charges_of(town, occasion)], batch_size=500
    )
    return made


def charges_of(town: Town, occasion: Occasion) -> Iterator[Charge]:
    for seat in occasion.seats:
        booking = seat.booking
        if booking.state != CHARGED_EARLY and not occasion.closed:
            continue
        due = due_for(occasion, booking, town.payers[booking.agency_id])
        if due.kind is not None and due.price.outcome is not FeeOutcome.FREE:
            yield charge(town, occasion, booking, due)


def due_for(occasion: Occasion, booking: Booking, payer: str) -> ChargeDue:
    """What the rules say, from the same facts as the operation's."""
    terms, course = occasion.terms, occasion.course
    assert terms is not None
    facts = BookingFacts(
        state=BookingState(booking.state),
        payer_class=payer,
        event_type=course.event_type,
        group=group_code(course),
        course=course.reference,
        half_days=terms.half_days,
        notice_left=notice_given(booking, terms),
        event_cancelled=occasion.event.state == EventState.CANCELLED,
        names=terms.names,
    )
    return charge_for(
        facts, terms.notice, terms.prices, keep_late_charge=terms.policy.keep_late_charge
    )


def charge(town: Town, occasion: Occasion, booking: Booking, due: ChargeDue) -> Charge:
    """To review, or ready to invoice where finance has looked at the event's charges."""
    assert due.kind is not None
    created_at = booking.cancel_entered_at or occasion.event.register_closed_at
    assert created_at is not None
    amount = due.price.amount or Decimal("0.00")
    undecided = due.price.outcome is FeeOutcome.DECISION
    one = Charge(
        booking=booking,
        agency=booking.agency,
        kind=due.kind,
        state=ChargeState.NEEDS_DECISION if undecided else ChargeState.TO_REVIEW,
        amount=amount,
        explanation=due.price.explanation.to_json(),
        arose_on=arose_on(booking),
        created_at=created_at,
    )
    reviewed_at = review_time(town, created_at)
    if occasion.story.get("charges") in REVIEWED and reviewed_at < town.midnight:
        one.decided_by, one.decided_at = town.member("finance"), reviewed_at
        one.state = ChargeState.WAIVED if undecided else ChargeState.APPROVED
        one.decision_reason = NO_CHARGE if undecided else ""
    return one


def review_time(town: Town, created_at: datetime) -> datetime:
    """Finance looks three days later."""
    day = created_at.astimezone(town.zone).date() + timedelta(days=3)
    return town.at(day, time(15, 5))


def is_wasted(one: Charge) -> bool:
    """A fee for a place that nobody used."""
    return one.kind in {ChargeKind.LATE_CANCELLATION, ChargeKind.NO_SHOW}
