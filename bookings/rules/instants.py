"""Hours before and after an instant as they really pass, not as the wall clock shows them.

Python adds hours to a local time by the wall clock; when the clocks change that is an hour out,
so the sum is done in UTC.
"""

from datetime import UTC, datetime, timedelta, tzinfo


def hours_after(instant: datetime, hours: int) -> datetime:
    """So many hours later, in UTC."""
    return instant.astimezone(UTC) + timedelta(hours=hours)


def hours_before(instant: datetime, hours: int) -> datetime:
    """So many hours earlier, in UTC."""
    return hours_after(instant, -hours)


def moved_along(instant: datetime, start: datetime, new_start: datetime, zone: tzinfo) -> datetime:
    """An instant moved as far as a start moves, by the wall clock: half past nine stays half past nine."""
    by = on_the_wall(new_start, zone) - on_the_wall(start, zone)
    return (on_the_wall(instant, zone) + by).replace(tzinfo=zone).astimezone(UTC)


def on_the_wall(instant: datetime, zone: tzinfo) -> datetime:
    """What a clock on the wall shows then, without its zone."""
    return instant.astimezone(zone).replace(tzinfo=None)
