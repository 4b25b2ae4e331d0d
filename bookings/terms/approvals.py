"""Places that wait for someone to approve or confirm something."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from bookings.models import Booking
from bookings.models.booking import BookingQuerySet
from bookings.terms.desk import held_desk
from partnerships.models import Employment, Membership
from partnerships.rules.reasons import blocks

MANAGER = "manager_approval"


AGENCY = "agency_unconfirmed"


GROUP = "group_unknown"


def is_still_here(booking: Booking, now: datetime) -> bool:
    """Whether the person still has an account and the job for which the place was requested."""
    here = Booking.objects.filter(pk=booking.pk).still_here(timezone.localdate(now))
    return bool(here.exists())


def of_those_to_tell(now: datetime) -> BookingQuerySet:
    """Bookings of people who have not left. Those whose job the agency refused are told so."""
    rows: BookingQuerySet = Booking.objects.filter(
        membership__in=Membership.objects.active(),
        employment__in=Employment.objects.on(timezone.localdate(now)),
    )
    return rows


def waiting_for(code: str, now: datetime) -> BookingQuerySet:
    """Places that wait for one thing. Places of people who have left are released when their time is up."""
    rows: BookingQuerySet = Booking.objects.awaiting_approval().filter(waits_for__contains=[code])
    return rows.still_here(timezone.localdate(now))


def group_obstacle(booking: Booking, now: datetime) -> str:
    """Why the person's group excludes them from the event; empty if it does not."""
    desk = held_desk(booking.event, now, booking.policy)
    person = desk.person(booking.membership)
    reasons = desk.reasons(person, booking.employment, manager_approved=True)
    against = (one for one in reasons if one.code.startswith("group_") and blocks((one,)))
    return next((one.sentence for one in against), "")
