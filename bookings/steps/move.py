"""The one place where a booking's state changes, so that every change has its line of history."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import Booking, BookingTransition
from bookings.rules.states import BookingState
from partnerships.models import Membership


@transaction.atomic(savepoint=False)  # part of the operation around it: both fail together
def move(
    booking: Booking, to: BookingState, *, at: datetime, by: Membership | None, why: str = ""
) -> None:
    """Save the booking in its new state, with anything else the caller changed on it, and write who, when and why.

    ``by`` is None if a sweep did it. A booking that is not saved yet has no earlier state.
    """
    before = booking.state if booking.pk else ""
    booking.state = to
    booking.save()
    BookingTransition.objects.create(
        booking=booking, from_state=before, to_state=to, at=at, by=by, why=why[:300]
    )
