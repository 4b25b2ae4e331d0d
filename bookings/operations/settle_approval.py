"""Approve a held place, or decline it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from bookings.emails.places import confirm_booking
from bookings.models import Booking
from bookings.rules.settlement import settled_without_approval
from bookings.rules.states import AWAITS_APPROVAL, BookingState
from bookings.steps.hand_over import hand_over
from bookings.steps.locks import locked_booking, locked_event
from bookings.steps.move import move
from bookings.steps.settle import settle
from bookings.terms.approvals import (
    is_still_here,
    of_those_to_tell,
)
from outbox.tasks import wake
from partnerships.models import Membership
from partnerships.rules.refused import has_left, refuse


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

    One "no" releases the place; the last "yes" confirms it.
    """
    locked_event(booking.event_id)
    booking = locked_booking(booking.pk)
    if booking.state not in AWAITS_APPROVAL:
        raise refuse("is_settled", "This has already been decided.")
    if not approved:
        return give_up(booking, now=now, by=by, why=why or "Not approved.")
    if not is_still_here(booking, now):
        raise has_left(booking.agency)
    settled = set(booking.waits_for if codes is None else codes)
    booking.waits_for = [code for code in booking.waits_for if code not in settled]
    if booking.waits_for:
        booking.save()
        return booking
    booking.held_until = None
    move(booking, BookingState.BOOKED, at=now, by=by, why=why or "Approved.")
    if booking.replaces_id is not None:
        hand_over(booking=locked_booking(booking.replaces_id), to=booking, by=by, now=now)
    confirm_booking(booking, now)
    wake()
    return booking


def give_up(booking: Booking, *, now: datetime, by: Membership | None, why: str) -> Booking:
    """Release the place, or leave it with the colleague who has it. Sweeps do not write to people who have left."""
    settlement = settled_without_approval(why)
    if by is None and not of_those_to_tell(now).filter(pk=booking.pk).exists():
        settlement = replace(settlement, tells=None)
    settle(booking=booking, settlement=settlement, by=by, at=now)
    wake()
    return booking
