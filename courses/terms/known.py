"""What people who are coming know about an event, as it is stored or as a form would change it."""

from __future__ import annotations

from collections.abc import Iterable

from courses.models import Event, Venue
from courses.rules.changes import Known
from courses.rules.when import Times


def known(event: Event, times: Iterable[Times] | None = None, venue: Venue | None = None) -> Known:
    """What people know about an event; ``times`` and ``venue`` if they differ from what is stored."""
    venue = venue or event.venue
    return Known(
        times=event.times if times is None else tuple(sorted(times)),
        way=event.get_delivery_display(),
        venue=venue.in_full if venue else "",
        getting_in=in_lines(venue.access_notes) if venue else "",
        joining_link=event.joining_url,
        joining_notes=in_lines(event.joining_notes),
    )


def in_lines(notes: str) -> str:
    """Notes with the same line ends, whether they come from a form or from the database."""
    return "\n".join(notes.strip().splitlines())
