"""Give someone a new secret address for their own calendar."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bookings.models import OwnCalendar
from partnerships.models import Membership


@transaction.atomic
def renew_own_calendar(*, membership: Membership, now: datetime) -> OwnCalendar:
    """The first address, or a new one; whoever has an earlier one sees nothing any more."""
    calendar: OwnCalendar
    calendar, is_new = OwnCalendar.objects.select_for_update().get_or_create(
        membership=membership, defaults={"since": now}
    )
    if not is_new:
        calendar.number, calendar.since = calendar.number + 1, now
        calendar.save()
    return calendar
