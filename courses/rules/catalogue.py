"""How places left and lengths read in the catalogue."""

from collections.abc import Iterable

from partnerships.rules.choice import Choice
from partnerships.rules.wording import counted


class DurationClass(Choice):
    """How long an event is, where a fee or a policy asks."""

    SHORT = "short", "Short session"
    HALF_DAY = "half_day", "Half day"
    DAY = "day", "Day or more"


def duration_class(
    minutes: int, half_day_from: int = 120, half_day_up_to: int = 240
) -> DurationClass:
    """The class of a length. Exactly four hours is a half day unless a tenant differs (Leeds)."""
    if minutes < half_day_from:
        return DurationClass.SHORT
    return DurationClass.HALF_DAY if minutes <= half_day_up_to else DurationClass.DAY


def duration_wording(minutes: int) -> str:
    """45 minutes, 1 hour, 6 hours 30 minutes."""
    hours, rest = divmod(minutes, 60)
    parts = [counted(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(counted(rest, "minute"))
    return " ".join(parts)


def places_wording(left: int, *, waiting_list: bool, waiting: int = 0) -> str:
    """What somebody deciding whether to book needs to know."""
    if left > 0:
        return f"{counted(left, 'place')} left"
    if not waiting_list:
        return "Full"
    if waiting:
        return f"Full, {counted(waiting, 'person', 'people')} on the waiting list"
    return "Full, waiting list open"


def half_days(session_minutes: Iterable[int], half_day_up_to: int = 240) -> int:
    """The event's length for fees counted in (half) days: a session is one half day or two."""
    longer = DurationClass.DAY
    return sum(
        2 if duration_class(minutes, half_day_up_to=half_day_up_to) is longer else 1
        for minutes in session_minutes
    )
