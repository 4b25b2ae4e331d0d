"""When people are asked what changed, when they are reminded, and when we stop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from evaluation.rules.states import InvitationState
from govuk.rules.choice import Choice
from partnerships.rules.months import add_months
from partnerships.rules.working_days import WorkingCalendar, next_working_day


@dataclass(frozen=True)
class SurveyPlan:
    """Days after sending: of each reminder, in order, and of closing. Two reminders are our
    choice: more would annoy people, with no known gain (docs/domain/rules.md, evaluation)."""

    reminder_days: tuple[int, ...] = (7, 14)
    close_days: int = 28


class SurveyStep(Choice):
    """What an invitation needs today."""

    NOTHING = "nothing", "Nothing to do"
    WAIT = "wait", "Wait"
    SEND = "send", "Send"
    REMIND = "remind", "Remind"
    CLOSE = "close", "Close"


def impact_due(last_day: date, months: int) -> date:
    """The impact survey's day: months after the event's last day, clamped (W33, W34)."""
    return add_months(last_day, months)


def send_on(due: date, calendar: WorkingCalendar, *, working_days_only: bool) -> date:
    """The day it goes out, moved to the next working day if the partnership wants that (W33)."""
    return next_working_day(due, calendar) if working_days_only else due


def closes_on(sent_on: date, plan: SurveyPlan) -> date:
    """The last day on which an answer is taken."""
    return sent_on + timedelta(days=plan.close_days)


def next_step(
    state: InvitationState,
    due: date,
    sent_on: date | None,
    reminders_sent: int,
    today: date,
    plan: SurveyPlan,
) -> SurveyStep:
    """What to do today. Only those who have not answered are reminded.

    Days count from sending. A late run sends one reminder and leaves the next to the following run.
    """
    if state is InvitationState.PLANNED:
        return SurveyStep.SEND if today >= due else SurveyStep.WAIT
    if state is not InvitationState.SENT or sent_on is None:
        return SurveyStep.NOTHING
    if today > closes_on(sent_on, plan):
        return SurveyStep.CLOSE
    if reminders_sent >= len(plan.reminder_days):
        return SurveyStep.WAIT
    remind_on = sent_on + timedelta(days=plan.reminder_days[reminders_sent])
    return SurveyStep.REMIND if today >= remind_on else SurveyStep.WAIT
