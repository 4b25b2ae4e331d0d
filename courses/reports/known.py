"""What people who are coming know of an event, as it is stored or as a form would have it."""

from __future__ import annotations

from collections.abc import Iterable

from courses.models import Event
from courses.rules.changes import Known
from courses.rules.when import Times


def known(event: Event, times: Iterable[Times] | None = None) -> Known:
    """Of an event; ``times`` where its sessions are to be others than those that are stored."""
    return Known(
        times=event.times if times is None else tuple(sorted(times)),
        way=event.get_delivery_display(),
        venue=event.venue.name if event.venue else "",
        joining_link=event.joining_url,
        joining_notes="\n".join(event.joining_notes.strip().splitlines()),
    )
