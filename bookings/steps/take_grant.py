"""Take a place of a grant for a new booking, and never more places than it has."""

from __future__ import annotations

from bookings.models import Booking, Grant
from bookings.rules.grants import GrantOffered
from bookings.terms.grants import places_used, terms_of_grant
from partnerships.rules.refused import refuse


def take_grant(booking: Booking, grant: GrantOffered) -> None:
    """Name the grant on the booking, which is not saved yet, behind the lock of the grant's row.

    Events are locked before grants, so bookings of different events wait for each other here and nowhere else.
    """
    locked: Grant = Grant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    left = locked.places - places_used(locked.pk).get(locked.pk, 0)
    if left < 1 or terms_of_grant(locked) != grant.terms:
        sentence = f"The last place of the grant “{grant.terms.name}” has just been taken."
        if left > 0:
            sentence = f"The grant “{grant.terms.name}” has just been changed."
        raise refuse(
            "grant_code", sentence, "Check what the place costs, then send the form again."
        )
    booking.grant = locked
