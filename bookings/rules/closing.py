"""Until when an event can be booked ("book by"), counted in the way that notice is counted.

A time that was set by hand on an event comes before this count; ``bookings_close`` (``courses/rules/catalogue.py``)
chooses between them. Once bookings have closed, no one can book or join the waiting list, and agencies’ leads cannot
book for their staff. The training team still can, with a reason that is kept. Offers of places, colleagues who take
over a place and people who come without a booking are not affected (docs/domain/rules.md, close of bookings).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from bookings.rules.deadline import UNIT_NOUNS, counting_inputs, counting_steps
from bookings.rules.notice import NoticePolicy, free_until
from govuk.rules.phrases import clock, counted, moment
from partnerships.rules.reasons import Explanation
from partnerships.rules.working_days import WorkingCalendar


@dataclass(frozen=True)
class CloseOfBookings:
    """The last instant at which an event can be booked, and why; the last step of ``why`` names the instant."""

    instant: datetime
    why: Explanation


def counted_close(
    first_start: datetime, rule: NoticePolicy, calendar: WorkingCalendar, tz: tzinfo
) -> CloseOfBookings:
    """The close of bookings by the charging policy, so many units before the event starts."""
    instant = free_until(first_start, rule, calendar, tz)
    inputs = counting_inputs(first_start, rule, "Bookings close", units_before(rule), tz)
    steps = counting_steps(first_start, rule, calendar, tz)
    end = f"Book by {moment(instant, tz)}."
    return CloseOfBookings(instant, Explanation(None, closing_wording(rule), inputs, (*steps, end)))


def units_before(rule: NoticePolicy) -> str:
    """“5 working days before”."""
    return f"{counted(rule.notice, UNIT_NOUNS[rule.unit])} before"


def closing_wording(rule: NoticePolicy) -> str:
    """The rule in a sentence, as the page about charges and every explanation state it."""
    at = f", at {clock(rule.cut_off)}" if rule.cut_off else ""
    return f"Bookings close {units_before(rule)} the event{at}."
