"""Agree to a held place, or not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from bookings.emails.places import confirm_booking, tell_declined
from bookings.models import Booking
from bookings.operations.locks import locked_booking
from bookings.operations.move import move
from bookings.operations.refused import refuse
from bookings.rules.states import BookingState
from partnerships.models import EmploymentState, Membership
from partnerships.sweeps import take
from partnerships.tasks import wake

MANAGER = "manager_approval"
AGENCY = "agency_unconfirmed"


@transaction.atomic
def settle_approval(
    *,
    booking: Booking,
    approved: bool,
    now: datetime,
    by: Membership | None = None,
    why: str = "",
    codes: Iterable[str] | None = None,
) -> Booking:
    """Settle some of the reasons that a booking waits for, all of them unless ``codes`` names which.

    One "no" gives the place up; the last "yes" makes it sure.
    """
    booking = locked_booking(booking.pk)
    if booking.state != BookingState.PENDING:
        raise refuse("is_settled", "This has already been decided.")
    if not approved:
        return give_up(booking, now=now, by=by, why=why or "Not approved.")
    settled = set(booking.waits_for if codes is None else codes)
    booking.waits_for = [code for code in booking.waits_for if code not in settled]
    if booking.waits_for:
        booking.save()
        return booking
    booking.held_until = None
    move(booking, BookingState.BOOKED, at=now, by=by, why=why or "Approved.")
    confirm_booking(booking, now)
    wake()
    return booking


def give_up(booking: Booking, *, now: datetime, by: Membership | None, why: str) -> Booking:
    """The place is free again."""
    booking.held_until = None
    move(booking, BookingState.DECLINED, at=now, by=by, why=why)
    tell_declined(booking, why, now)
    wake()
    return booking


def settle_next_employment(now: datetime) -> int:
    """Sweep: an agency has confirmed or refused somebody whose place waits for that."""
    waiting = Booking.objects.filter(state=BookingState.PENDING, waits_for__contains=[AGENCY])
    settled = waiting.exclude(employment__state=EmploymentState.PENDING)
    booking = take(settled.order_by("pk"))
    if booking is None:
        return 0
    approved = booking.employment.state == EmploymentState.CONFIRMED
    why = "The agency has confirmed." if approved else "The agency does not know this person."
    settle_approval(booking=booking, approved=approved, now=now, why=why, codes=[AGENCY])
    return 1


def expire_next_approval(now: datetime) -> int:
    """Sweep: nobody agreed while the place was held."""
    booking = take(Booking.objects.unanswered(now).order_by("held_until", "pk"))
    if booking is None:
        return 0
    why = "Nobody agreed in time, so the place was given up."
    settle_approval(booking=booking, approved=False, now=now, why=why)
    return 1
