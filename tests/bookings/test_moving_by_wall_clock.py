"""A course that is moved over a change of clocks keeps its time of day."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bookings.operations.move_event import move_event
from bookings.rules.instants import moved_along
from courses.models import Session
from tests.world import World, event

LONDON = ZoneInfo("Europe/London")


def london(month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    """A time of day in 2027."""
    return datetime(2027, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("instant", "moved"),
    [
        (london(2, 11), datetime(2027, 4, 1, 8, 30, tzinfo=UTC)),
        (london(2, 4), datetime(2027, 3, 25, 9, 30, tzinfo=UTC)),
        (london(2, 1, 17, 0), datetime(2027, 3, 22, 17, 0, tzinfo=UTC)),
    ],
)
def test_an_instant_moves_by_the_wall_clock(instant: datetime, moved: datetime) -> None:
    assert moved_along(instant.astimezone(UTC), london(2, 4), london(3, 25), LONDON) == moved


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
