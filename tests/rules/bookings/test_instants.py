"""Instants that move with an event, and hours that pass as they pass."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bookings.rules.instants import hours_after, hours_before, moved_along, on_the_wall

LONDON = ZoneInfo("Europe/London")


def london(month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    """A time of day in 2027, when clocks go forward on 28 March and back on 31 October."""
    return datetime(2027, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("instant", "moved"),
    [
        pytest.param(london(2, 11), "2027-04-01T08:30:00+00:00", id="a second day, into summer"),
        pytest.param(london(2, 4), "2027-03-25T09:30:00+00:00", id="the start itself"),
        pytest.param(london(2, 1, 17, 0), "2027-03-22T17:00:00+00:00", id="bookings close"),
    ],
)
def test_an_instant_moves_by_the_wall_clock(instant: datetime, moved: str) -> None:
    found = moved_along(instant.astimezone(UTC), london(2, 4), london(3, 25), LONDON)
    assert found.isoformat() == moved


@pytest.mark.parametrize(
    ("start", "new_start", "moved"),
    [
        pytest.param(london(6, 10), london(6, 8), "2027-06-09T15:00:00+00:00", id="two days back"),
        pytest.param(
            london(6, 10), london(6, 10, 11, 0), "2027-06-11T16:30:00+00:00", id="later that day"
        ),
        pytest.param(london(6, 10), london(12, 10), "2027-12-11T16:00:00+00:00", id="into winter"),
    ],
)
def test_half_past_nine_stays_half_past_nine(
    start: datetime, new_start: datetime, moved: str
) -> None:
    found = moved_along(london(6, 11, 16, 0), start, new_start, LONDON)
    assert found.isoformat() == moved


def test_the_wall_clock_shows_local_time_and_no_zone() -> None:
    shown = on_the_wall(datetime(2027, 6, 10, 8, 30, tzinfo=UTC), LONDON)
    assert shown.isoformat() == "2027-06-10T09:30:00"


def test_hours_pass_as_they_pass_when_clocks_change() -> None:
    noon = london(3, 27, 12, 0)
    assert hours_after(noon, 24).astimezone(LONDON).isoformat() == "2027-03-28T13:00:00+01:00"
    assert hours_before(london(3, 28, 13, 0), 24) == noon.astimezone(UTC)
    assert hours_after(noon, 24).tzinfo is UTC
