"""Book a place, and never more places than there are, whatever happens at the same time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import Booking, WaitingListEntry
from bookings.operations.join_waiting_list import join_waiting_list
from bookings.rules.states import ONE_A_PERSON
from bookings.steps.locks import held_event_desk
from bookings.steps.new_booking import begin, new_booking
from bookings.steps.sent_before import ended_since
from bookings.terms.booking_request import BookingRequest
from bookings.terms.desk import Desk
from partnerships.rules.reasons import blocks, codes
from partnerships.rules.refused import Refused


@transaction.atomic
def book_place(
    *, request: BookingRequest, now: datetime, wait_if_full: bool = False, desk: Desk | None = None
) -> Booking | WaitingListEntry:
    """A place on the terms in force now, or :class:`Refused` with every reason against it.

    The event's row is locked before anything is read, and a refusal changes nothing. ``desk`` is one that a page
    opened behind that lock, which saves reading it all again. If the last place has just gone, someone who agreed
    to wait (``wait_if_full``) joins the waiting list. The same form sent twice (``details.submission``) gets the
    same booking or the same place on the waiting list, unless that has ended since.
    """
    desk = held_event_desk(desk, request.event, now)
    if request.details.submission in desk.person(request.membership).submissions:
        return booked_before(request)
    reasons = request.reasons(desk)
    if blocks(reasons):
        mine = waiting_already(request)
        if mine is not None:
            return mine
        if not (wait_if_full and "full" in codes(reasons)):
            raise Refused(*reasons)
        return join_waiting_list(request=request, now=now, desk=desk)
    against = desk.why_not_code(request.employment, request.details.grant_code)
    if against is not None:
        raise Refused(against)
    booking = new_booking(
        desk,
        membership=request.membership,
        employment=request.employment,
        by=request.by,
        details=request.details,
    )
    return begin(booking, reasons, by=request.by, now=now, why=request.override)


def booked_before(request: BookingRequest) -> Booking:
    """The booking that the same form made before, as long as it stands."""
    rows = Booking.objects.filter(
        event=request.event, membership=request.membership, submission=request.details.submission
    )
    found: Booking = rows.latest("pk")
    if found.state not in ONE_A_PERSON:
        raise ended_since("booking")
    return found


def waiting_already(request: BookingRequest) -> WaitingListEntry | None:
    """The entry that the same form made before, as long as it stands."""
    if not request.details.submission:
        return None
    rows = WaitingListEntry.objects.filter(
        event=request.event, membership=request.membership, submission=request.details.submission
    )
    found: WaitingListEntry | None = rows.order_by("pk").last()
    if found is not None and not rows.open().filter(pk=found.pk).exists():
        raise ended_since("place on the waiting list")
    return found
