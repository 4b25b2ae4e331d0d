"""Until when a place can be cancelled free of charge: one instant, worked out once and kept.

The ordinary reading is ours: a cancellation is in time until the end of the Nth working day before the first day
(W1, W5). "Charge when notice is this or less" and "clear days" each ask for one day more; no policy that we read
says "clear", so it is an option (docs/domain/rules.md, notice). Instants are compared in UTC, because Python
compares two times of one zone by the wall clock, which repeats itself on an October night.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bookings.rules.place import EVERYWHERE, AppliesTo, Place, rule_for
from govuk.rules.choice import Choice
from govuk.rules.phrases import END_OF_DAY
from partnerships.rules.working_days import (
    WorkingCalendar,
    nth_working_day_before,
    working_days_between,
)


class NoticeUnit(Choice):
    """What notice is counted in. Three working days and 72 hours differ over a weekend."""

    WORKING_DAYS = "working_days", "Working days"
    CALENDAR_DAYS = "calendar_days", "Calendar days"
    HOURS = "hours", "Hours"


class Counting(Choice):
    """Whether exactly N is enough."""

    AT_LEAST = "at_least", "Charge when notice is less than this"
    MORE_THAN = "more_than", "Charge when notice is this or less"


@dataclass(frozen=True)
class NoticePolicy:
    """How much notice a place needs; one of the notice rules of a charging policy.

    ``cut_off`` is the local time on the deadline day, None its end. ``is_charged`` says whether an unused place costs
    anything at all (Southampton: level 3 only, W6). ``label`` names the places it is for, and decides nothing.
    """

    notice: int
    unit: NoticeUnit = NoticeUnit.WORKING_DAYS
    counting: Counting = Counting.AT_LEAST
    clear_days: bool = False
    skip_bank_holidays: bool = True
    cut_off: time | None = None
    is_charged: bool = True
    clause: str = ""
    scope: AppliesTo = EVERYWHERE
    label: str = ""

    @property
    def needed(self) -> int:
        """How many units before the first day the deadline is, with all options applied."""
        extra = self.counting is Counting.MORE_THAN
        return self.notice + extra + self.clear_days

    def counted_on(self, calendar: WorkingCalendar) -> WorkingCalendar:
        """The calendar this policy counts on."""
        return calendar if self.skip_bank_holidays else calendar.without_closed()


def notice_for(place: Place, rules: Iterable[NoticePolicy]) -> NoticePolicy:
    """The notice rule that applies to a place. Every charging policy has one for all places."""
    return rule_for(rules, place)


def free_until(
    first_start: datetime, policy: NoticePolicy, calendar: WorkingCalendar, tz: tzinfo
) -> datetime:
    """The last instant at which a cancellation is free, in local time.

    If no notice is needed, cancelling is free until the event starts.
    """
    if policy.unit is NoticeUnit.HOURS:
        exact = timedelta(hours=policy.notice)
        if policy.counting is Counting.MORE_THAN:
            exact += timedelta(microseconds=1)
        return (first_start.astimezone(UTC) - exact).astimezone(tz)
    if policy.needed == 0:
        return first_start.astimezone(tz)
    day = deadline_day(first_start.astimezone(tz).date(), policy, calendar)
    return _last_instant(day, policy.cut_off or END_OF_DAY, tz)


def deadline_day(first_day: date, policy: NoticePolicy, calendar: WorkingCalendar) -> date:
    """The day on which the deadline falls, for policies counted in days."""
    if policy.unit is NoticeUnit.CALENDAR_DAYS:
        return first_day - timedelta(days=policy.needed)
    return nth_working_day_before(first_day, policy.needed, policy.counted_on(calendar))


def in_time(received_at: datetime, deadline: datetime) -> bool:
    """Whether it was received by the deadline. When it was typed in does not matter."""
    return received_at.astimezone(UTC) <= deadline.astimezone(UTC)


def notice_left(
    received_at: datetime,
    first_start: datetime,
    policy: NoticePolicy,
    calendar: WorkingCalendar,
    tz: tzinfo,
) -> int:
    """Notice given in the policy's own unit and reading, for late tiers; never below 0.

    Whole hours, or days from the day of receipt (the next one after the cut-off), less the day
    that clear days leave out.
    """
    if policy.unit is NoticeUnit.HOURS:
        left = first_start.astimezone(UTC) - received_at.astimezone(UTC)
        return max(0, left // timedelta(hours=1))
    received = received_at.astimezone(tz)
    day = received.date()
    if not in_time(received_at, _last_instant(day, policy.cut_off or END_OF_DAY, tz)):
        day += timedelta(days=1)
    first_day = first_start.astimezone(tz).date()
    if policy.unit is NoticeUnit.CALENDAR_DAYS:
        days = (first_day - day).days
    else:
        days = working_days_between(day, first_day, policy.counted_on(calendar))
    return max(0, days - policy.clear_days)


def _last_instant(day: date, at: time, tz: tzinfo) -> datetime:
    """The local time on that day; the later reading if the clocks repeat or skip it."""
    local = datetime.combine(day, at, tz)
    readings = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return max(readings).astimezone(tz)
