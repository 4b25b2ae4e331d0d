"""Send a colleague instead: the place stays with the agency and costs nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import Booking
from bookings.models.request import Details
from bookings.rules.states import CAN_BE_HANDED_OVER, BookingState
from bookings.rules.substitution import substitution_reasons
from bookings.steps.hand_over import hand_over
from bookings.steps.locks import locked_booking, locked_event
from bookings.steps.new_booking import begin, new_booking
from bookings.terms.desk import held_desk
from partnerships.models import Employment, Membership
from partnerships.rules.reasons import Reason, blocks
from partnerships.rules.refused import Refused, refuse


@transaction.atomic
def substitute(
    *,
    booking: Booking,
    employment: Employment,
    by: Membership,
    now: datetime,
    details: Details = Details(),  # noqa: B008 - frozen, and empty
) -> Booking:
    """Give a booked place to a colleague of the same agency who meets the prerequisites.

    The terms stay those of the first booking, including the deadline. If someone still has to approve the
    colleague, the first booking stays until that is decided.
    """
    locked_event(booking.event_id)
    booking = locked_booking(booking.pk)
    if booking.state not in CAN_BE_HANDED_OVER:
        raise refuse("is_over", "This booking has already ended.")
    if Booking.objects.proposed_for(booking).exists():
        raise refuse(
            "already_proposed",
            "A colleague has already been named, and that has not been decided yet.",
            "If someone else will come instead, cancel that booking first.",
        )
    reasons = reasons_against(booking, employment, now)
    if blocks(reasons):
        raise Refused(*reasons)
    successor = new_booking(
        held_desk(booking.event, now, booking.policy),
        membership=employment.membership,
        employment=employment,
        by=by,
        details=details,
        replaces=booking,
    )
    begin(successor, reasons, by=by, now=now, why=f"Takes the place of {booking.membership}.")
    if successor.state == BookingState.BOOKED:
        hand_over(booking=booking, to=successor, by=by, now=now)
    return successor


def reasons_against(booking: Booking, employment: Employment, now: datetime) -> tuple[Reason, ...]:
    """Everything against this colleague taking this place."""
    if employment.agency_id != booking.agency_id:
        return refuse("other_agency", "The colleague must work for the same agency.").reasons
    desk = held_desk(booking.event, now, booking.policy)
    # The person who sends a colleague answers for the agency, so the manager is not asked again.
    person = desk.person(employment.membership)
    name = str(employment.membership)
    own = desk.reasons(person, employment, manager_approved=True, name=name)
    hours = booking.policy.substitution_hours
    return substitution_reasons(now, booking.event.starts_at, hours, own)
