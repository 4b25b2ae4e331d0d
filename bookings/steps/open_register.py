"""The register of an event while it is open, for everyone who marks it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from courses.models import Event
from courses.rules.states import EventState
from govuk.rules.phrases import long_date
from partnerships.rules.refused import refuse


def open_register(event: Event, at: datetime) -> Event:
    """The event, locked, if its register can be marked at this instant."""
    locked: Event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if locked.register_closed_at is not None:
        raise refuse(
            "register_closed", "This register is closed.", "A coordinator can open it again."
        )
    if locked.state != EventState.PUBLISHED:
        label = EventState(locked.state).label.lower()
        raise refuse("no_register", f"This event is {label}, so there is no register to mark.")
    first_day = timezone.localdate(locked.starts_at)
    if timezone.localdate(at) < first_day:
        raise refuse(
            "register_not_open",
            f"The register opens on the day of the event, {long_date(first_day)}.",
        )
    return locked
