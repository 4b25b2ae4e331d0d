"""A course that is moved over a change of clocks keeps its time of day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bookings.operations.move_event import move_event
from courses.models import Session
from tests.world import World, event

LONDON = ZoneInfo("Europe/London")


def london(month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    """A time of day in 2027."""
    return datetime(2027, month, day, hour, minute, tzinfo=LONDON)


def test_the_second_day_of_a_moved_course_keeps_its_time_of_day(world: World) -> None:
    at = event(starts_at=london(2, 4))
    Session.objects.create(
        event=at, position=2, starts_at=london(2, 11), ends_at=london(2, 11, 16, 30)
    )
    at.ends_at, at.bookings_close_at = london(2, 11, 16, 30), london(2, 3, 17, 0)
    at.save()
    moved = move_event(event=at, starts_at=london(3, 25), now=london(1, 4))
    second = moved.sessions.get(position=2)
    assert (second.starts_at, second.ends_at) == (london(4, 1), london(4, 1, 16, 30))
    assert moved.ends_at == london(4, 1, 16, 30)
    assert moved.bookings_close_at == london(3, 24, 17, 0)
