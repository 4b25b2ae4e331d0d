"""Turn a booking that is over into the charge it brings about, if any."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import Booking, Charge
from bookings.reports.terms import Terms, group_code, local_day, payer_class_of, terms_of
from bookings.rules.charging import BookingFacts, ChargeDue, charge_for
from bookings.rules.notice import notice_left
from bookings.rules.states import BookingState, ChargeState, FeeOutcome
from courses.rules.states import EventState


@transaction.atomic
def raise_charge(
    *, booking: Booking, at: datetime, charged_as_absent: bool | None = None
) -> Charge | None:
    """The charge of a booking whose state says how it ended; None where nothing is owed.

    ``charged_as_absent`` is the attendance rule's word, where it has one. Safe to repeat: a charge that exists is
    returned as it is, for a person may have decided about it since.
    """
    terms = terms_of(booking.event, booking.policy)
    facts = facts_of(booking, terms, charged_as_absent=charged_as_absent)
    due = charge_for(
        facts, terms.notice, terms.prices, keep_late_charge=booking.policy.keep_late_charge
    )
    if due.kind is None or due.price.outcome is FeeOutcome.FREE:
        return None
    undecided = due.price.outcome is FeeOutcome.DECISION
    charge: Charge = Charge.objects.get_or_create(
        booking=booking,
        kind=due.kind,
        defaults={
            "agency": booking.agency,
            "state": ChargeState.NEEDS_DECISION if undecided else ChargeState.TO_REVIEW,
            "amount": due.price.amount,
            "explanation": due.price.explanation.to_json(),
            "arose_on": arose_on(booking),
            "created_at": at,
        },
    )[0]
    return charge


def facts_of(
    booking: Booking, terms: Terms, *, charged_as_absent: bool | None = None
) -> BookingFacts:
    """The booking as the charge rule sees it."""
    course = booking.event.course
    state = BookingState(booking.state)
    return BookingFacts(
        state=state,
        payer_class=payer_class_of(booking.agency, booking.event),
        event_type=course.event_type,
        group=group_code(course),
        course=course.reference,
        half_days=terms.half_days,
        notice_left=notice_given(booking, terms),
        substituted=booking.replaced_by.exists(),
        event_cancelled=booking.event.state == EventState.CANCELLED,
        charged_as_absent=charged_as_absent,
        names=terms.names,
    )


def notice_given(booking: Booking, terms: Terms) -> int | None:
    """Units of notice between the message and the event; None where nobody cancelled."""
    if booking.cancel_received_at is None:
        return None
    return notice_between(booking.cancel_received_at, terms)


def notice_between(received_at: datetime, terms: Terms) -> int:
    """Units of notice that a message of this instant gives."""
    zone = timezone.get_current_timezone()
    return notice_left(received_at, terms.event.starts_at, terms.notice, terms.calendar, zone)


def charge_if_cancelled(booking: Booking, received_at: datetime) -> ChargeDue:
    """What cancelling late at this instant would bring about, shown before the button is pressed."""
    terms = terms_of(booking.event, booking.policy)
    facts = replace(
        facts_of(booking, terms),
        state=BookingState.LATE_CANCELLED,
        notice_left=notice_between(received_at, terms),
    )
    return charge_for(facts, terms.notice, terms.prices)


def arose_on(booking: Booking) -> date:
    """The day the charge came about: when the message came, otherwise the event's last day."""
    return local_day(booking.cancel_received_at or booking.event.ends_at)
