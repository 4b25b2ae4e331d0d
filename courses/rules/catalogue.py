"""How places left and lengths read in the catalogue."""

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo

from courses.rules.states import EventState
from govuk.rules.choice import Choice
from govuk.rules.phrases import counted, moment


class DurationClass(Choice):
    """How long an event is, for fees and policies."""

    SHORT = "short", "Short session"
    HALF_DAY = "half_day", "Half day"
    DAY = "day", "Day or more"


def bookings_close(
    by_hand: datetime | None, counted_for_it: datetime | None, starts_at: datetime
) -> datetime:
    """The instant when bookings close: what was set by hand, else what the charging policy counts, else the start.

    The SQL of this is ``EventQuerySet.bookable``; one test compares them for the same events.
    """
    return by_hand or counted_for_it or starts_at


def book_by_wording(closes_at: datetime, starts_at: datetime, tz: tzinfo) -> str:
    """“Book by 5pm on Thursday 3 December 2026”; empty if people can book until the event starts."""
    if closes_at.astimezone(UTC) >= starts_at.astimezone(UTC):
        return ""
    return f"Book by {moment(closes_at, tz)}"


class EventStanding(Choice):
    """What someone who wants a place at an event can do now."""

    DRAFT = "draft", "Draft"
    CANCELLED = "cancelled", "Cancelled"
    OVER = "over", "Has taken place"
    UNDER_WAY = "under_way", "Has started"
    CLOSED = "closed", "Bookings closed"
    FULL = "full", "Full"
    OPEN = "open", "Places left"


def event_standing(
    state: EventState,
    times: tuple[datetime, datetime],
    closes_at: datetime,
    left: int,
    now: datetime,
) -> EventStanding:
    """The first thing that matters. ``times`` are the event's start and end; ``left`` its places left."""
    if state is EventState.DRAFT:
        return EventStanding.DRAFT
    if state is EventState.CANCELLED:
        return EventStanding.CANCELLED
    starts_at, ends_at = (instant.astimezone(UTC) for instant in times)
    if state is EventState.COMPLETED or ends_at < now:
        return EventStanding.OVER
    if starts_at < now:
        return EventStanding.UNDER_WAY
    if closes_at.astimezone(UTC) < now:
        return EventStanding.CLOSED
    return EventStanding.OPEN if left > 0 else EventStanding.FULL


class Length(Choice):
    """How long a course is, for people choosing one."""

    SHORT = "short", "Up to 2 hours"
    HALF_DAY = "half_day", "Half a day (up to 4 hours)"
    DAY = "day", "One day (up to 8 hours)"
    LONGER = "longer", "More than one day"


# Shortest and longest in minutes, both included; None is open-ended.
LENGTH_MINUTES: dict[Length, tuple[int, int | None]] = {
    Length.SHORT: (0, 120),
    Length.HALF_DAY: (121, 240),
    Length.DAY: (241, 480),
    Length.LONGER: (481, None),
}


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
    """What someone deciding whether to book needs to know."""
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
