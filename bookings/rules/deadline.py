"""The free-cancellation deadline of a place: the instant and its grounds, always one value.

The page, the confirmation, the reminder and any dispute show the same object, and a booking keeps all of it.
Three things can set it: the policy's count, a date given earlier that is later than a new count, and hours of
grace: after an offer from the waiting list, and after the partnership has moved the event.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from bookings.rules.instants import hours_after
from bookings.rules.notice import (
    Counting,
    NoticePolicy,
    NoticeUnit,
    deadline_day,
    free_until,
    in_time,
)
from govuk.rules.phrases import (
    END_OF_DAY,
    WEEKDAYS,
    clock,
    counted,
    listed,
    long_date,
    moment,
    ordinal,
)
from partnerships.rules.reasons import Explanation
from partnerships.rules.working_days import WorkingCalendar, days_skipped_between

UNIT_NOUNS = {
    NoticeUnit.WORKING_DAYS: "working day",
    NoticeUnit.CALENDAR_DAYS: "calendar day",
    NoticeUnit.HOURS: "hour",
}
A_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Deadline:
    """The last instant at which cancelling is free, and why; the last step of ``why`` names the instant."""

    instant: datetime
    why: Explanation

    def is_met_by(self, received_at: datetime) -> bool:
        """Whether a cancellation received then is free. When it was typed in does not matter."""
        return in_time(received_at, self.instant)

    @property
    def grounds(self) -> tuple[str, ...]:
        """The steps without the conclusion."""
        return self.why.steps[:-1]


def counted_deadline(
    first_start: datetime, policy: NoticePolicy, calendar: WorkingCalendar, tz: tzinfo
) -> Deadline:
    """The deadline by the policy. Each skipped bank holiday and closed day is named; weekends are named together."""
    instant = free_until(first_start, policy, calendar, tz)
    inputs = counting_inputs(first_start, policy, "Notice needed", notice_wording(policy), tz)
    steps = counting_steps(first_start, policy, calendar, tz)
    return _concluded(instant, Explanation(None, policy.clause, inputs, steps), first_start, tz)


def earliest(deadlines: Iterable[Deadline]) -> Deadline:
    """The one that passes first, for someone who could book for several employers."""
    return min(deadlines, key=lambda one: one.instant.astimezone(UTC))


def counting_inputs(
    first_start: datetime, policy: NoticePolicy, title: str, asked: str, tz: tzinfo
) -> tuple[tuple[str, str], ...]:
    """What a count starts from; ``asked`` is what the policy asks for, under its ``title``."""
    inputs = [("Event starts", moment(first_start, tz))]
    if policy.label:
        inputs.append(("Rule for", policy.label))
    inputs.append((title, asked))
    if policy.unit is NoticeUnit.WORKING_DAYS:
        inputs.append(("Bank holidays", "skipped" if policy.skip_bank_holidays else "counted"))
    if policy.unit is not NoticeUnit.HOURS:
        until = clock(policy.cut_off) if policy.cut_off else "end of the day"
        inputs.append(("Until", until))
    return tuple(inputs)


def kept_deadline(
    given: Deadline, counted_anew: Deadline, first_start: datetime, tz: tzinfo
) -> Deadline:
    """The deadline after a move or a handover: never earlier than the one given (docs/domain/rules.md, notice)."""
    if in_time(given.instant, counted_anew.instant):
        return counted_anew
    step = f"The date already given for this place, {_by(given.instant, tz)}, is later, so it still applies."
    return _on_grounds(given.instant, counted_anew, step, first_start, tz)


def deadline_after_offer(
    accepted_at: datetime, usual: Deadline, first_start: datetime, hours: int, tz: tzinfo
) -> Deadline:
    """The deadline of a place from the waiting list: otherwise someone who accepts late would owe a fee at once."""
    why = "A place offered from the waiting list can be cancelled free of charge"
    return _with_grace(usual, accepted_at, first_start, hours, tz, f"{why} for", "it was accepted")


def deadline_after_move(
    moved_at: datetime, usual: Deadline, first_start: datetime, hours: int, tz: tzinfo
) -> Deadline:
    """The deadline of a place at an event that the partnership has moved: the new date may not suit."""
    why = "When the partnership moves an event, cancelling is free of charge"
    return _with_grace(usual, moved_at, first_start, hours, tz, f"{why} for", "it was moved")


def _with_grace(
    usual: Deadline,
    since: datetime,
    first_start: datetime,
    hours: int,
    tz: tzinfo,
    why: str,
    what: str,
) -> Deadline:
    """At least so many hours from an instant, but never past the start."""
    grace = min(hours_after(since, hours), first_start.astimezone(UTC))
    if in_time(grace, usual.instant):
        return usual
    step = (
        f"{why} {counted(hours, 'hour')} after {what}, at {moment(since, tz)},"
        " but not after the event starts."
    )
    return _on_grounds(grace.astimezone(tz), usual, step, first_start, tz)


def notice_wording(policy: NoticePolicy) -> str:
    """The notice asked for: "at least 10 working days", "more than 5 clear calendar days"."""
    how = "more than" if policy.counting is Counting.MORE_THAN else "at least"
    clear = "clear " if policy.clear_days and policy.unit is not NoticeUnit.HOURS else ""
    number, noun = counted(policy.notice, UNIT_NOUNS[policy.unit]).split(" ", 1)
    return f"{how} {number} {clear}{noun}"


def _on_grounds(
    instant: datetime, counted_one: Deadline, step: str, first_start: datetime, tz: tzinfo
) -> Deadline:
    """A later instant than the count gives: the count is still shown, then why it does not decide."""
    told = counted_one.why
    by_count = (
        f"On that basis alone, cancelling would be free until {_by(counted_one.instant, tz)}."
    )
    grounds = (*counted_one.grounds, by_count, step)
    why = Explanation(None, told.clause, told.inputs, grounds)
    return _concluded(instant, why, first_start, tz)


def counting_steps(
    first_start: datetime, policy: NoticePolicy, calendar: WorkingCalendar, tz: tzinfo
) -> tuple[str, ...]:
    """How the day was found: which days did not count, and why."""
    if policy.unit is NoticeUnit.HOURS or policy.needed == 0:
        return ()
    first_day = first_start.astimezone(tz).date()
    day = deadline_day(first_day, policy, calendar)
    noun = UNIT_NOUNS[policy.unit]
    found = (
        f"The {ordinal(policy.needed)} {noun} before {long_date(first_day)} is {long_date(day)}."
    )
    if policy.unit is NoticeUnit.CALENDAR_DAYS:
        return (found,)
    counted_on = policy.counted_on(calendar)
    skipped = days_skipped_between(day + timedelta(days=1), first_day, counted_on)
    named = [one for one in reversed(skipped) if one.weekday() not in counted_on.weekend]
    return (
        *(f"{long_date(one)} does not count: {counted_on.why_closed(one)}." for one in named),
        *weekend_wording(len(skipped) - len(named), counted_on),
        found,
    )


def weekend_wording(number: int, calendar: WorkingCalendar) -> tuple[str, ...]:
    """Weekends in one sentence: everyone knows them, and a list of them would hide the days that few people know."""
    days = listed([f"{WEEKDAYS[day]}s" for day in sorted(calendar.weekend)])
    return (f"{days} are not counted.",) if number else ()


def _concluded(instant: datetime, why: Explanation, first_start: datetime, tz: tzinfo) -> Deadline:
    """The value with its last step. An event that was moved forward may start before the date given earlier."""
    if instant.astimezone(UTC) > first_start.astimezone(UTC):
        start = moment(first_start, tz)
        end = f"The event starts before that, so cancelling is free until it starts, at {start}."
    elif _is_before(instant, tz):
        end = f"Free if received before {moment(instant + A_MICROSECOND, tz)}."
    else:
        end = f"Free if received by {moment(instant, tz)}."
    return Deadline(instant, Explanation(None, why.clause, why.inputs, (*why.steps, end)))


def _by(instant: datetime, tz: tzinfo) -> str:
    return moment(instant + A_MICROSECOND if _is_before(instant, tz) else instant, tz)


def _is_before(instant: datetime, tz: tzinfo) -> bool:
    """Whether the last free instant is a microsecond before a full minute ("more than 48 hours")."""
    local = instant.astimezone(tz).time()
    return local.microsecond == END_OF_DAY.microsecond and local != END_OF_DAY
