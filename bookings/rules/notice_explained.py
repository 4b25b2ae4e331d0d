"""The deadline's working, day by day, for the page, the confirmation and the dispute."""

from datetime import datetime, timedelta, tzinfo

from bookings.rules.notice import Counting, NoticePolicy, NoticeUnit, deadline_day, free_until
from partnerships.rules.reasons import Explanation
from partnerships.rules.wording import clock, counted, long_date, moment, ordinal
from partnerships.rules.working_days import WorkingCalendar, days_skipped_between

UNIT_NOUNS = {
    NoticeUnit.WORKING_DAYS: "working day",
    NoticeUnit.CALENDAR_DAYS: "calendar day",
    NoticeUnit.HOURS: "hour",
}


def notice_wording(policy: NoticePolicy) -> str:
    """The notice asked for: "at least 10 working days", "more than 5 clear calendar days"."""
    how = "more than" if policy.counting is Counting.MORE_THAN else "at least"
    clear = "clear " if policy.clear_days and policy.unit is not NoticeUnit.HOURS else ""
    number, noun = counted(policy.notice, UNIT_NOUNS[policy.unit]).split(" ", 1)
    return f"{how} {number} {clear}{noun}"


def explain_deadline(
    first_start: datetime, policy: NoticePolicy, calendar: WorkingCalendar, tz: tzinfo
) -> Explanation:
    """How :func:`free_until` was reached, each skipped day named with its reason."""
    deadline = free_until(first_start, policy, calendar, tz)
    inputs = [("Event starts", moment(first_start, tz)), ("Notice needed", notice_wording(policy))]
    if policy.unit is NoticeUnit.WORKING_DAYS:
        inputs.append(("Bank holidays", "skipped" if policy.skip_bank_holidays else "counted"))
    if policy.unit is not NoticeUnit.HOURS:
        until = clock(policy.cut_off) if policy.cut_off else "end of the day"
        inputs.append(("Until", until))
    steps = (*_counting(first_start, policy, calendar, tz), _conclusion(deadline, policy, tz))
    return Explanation(None, policy.clause, tuple(inputs), steps)


def _counting(
    first_start: datetime, policy: NoticePolicy, calendar: WorkingCalendar, tz: tzinfo
) -> tuple[str, ...]:
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
    return (
        *(
            f"{long_date(one)} is skipped: {counted_on.why_closed(one)}."
            for one in reversed(skipped)
        ),
        found,
    )


def _conclusion(deadline: datetime, policy: NoticePolicy, tz: tzinfo) -> str:
    """Told to the minute; "before" where the last free instant is a microsecond earlier."""
    if policy.unit is NoticeUnit.HOURS and policy.counting is Counting.MORE_THAN:
        return f"Free if received before {moment(deadline + timedelta(microseconds=1), tz)}."
    return f"Free if received by {moment(deadline, tz)}."
