"""Hours before and after an instant, as they pass and not as the wall clock shows them.

Python adds hours to a local time by the wall clock; over a change of clocks that is an hour off,
so the sum is done in UTC.
"""

from datetime import UTC, datetime, timedelta


def hours_after(instant: datetime, hours: int) -> datetime:
    """So many hours later, in UTC."""
    return instant.astimezone(UTC) + timedelta(hours=hours)


def hours_before(instant: datetime, hours: int) -> datetime:
    """So many hours earlier, in UTC."""
    return hours_after(instant, -hours)
