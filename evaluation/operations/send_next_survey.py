"""Send, remind and close: what each invitation needs today, one per transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from evaluation.emails import about_invitation, ask, ask_again
from evaluation.models import EvaluationPlan, SurveyInvitation
from evaluation.rules.states import InvitationState, Stage
from evaluation.rules.timing import SurveyPlan, SurveyStep, closes_on, next_step, send_on
from evaluation.terms.asking import plan_here, questionnaire_for, reachable
from outbox.operations.cancel_messages import cancel_messages
from outbox.sweeps import take
from partnerships.models import active_partnership, working_calendar
from partnerships.rules.working_days import WorkingCalendar

# Questions may fall due at midnight; no one wants an email then.
MAILS_FROM = time(7)


@transaction.atomic
def send_next_survey(*, now: datetime) -> int:
    """Do for one invitation what is due; 0 when nothing is."""
    today, plan = timezone.localdate(now), plan_here()
    invitation: SurveyInvitation | None = take(
        needing_something(now, plan)
        .select_related("event__course", "membership__user", "questionnaire")
        .order_by("due_on", "pk")
    )
    if invitation is None:
        return 0
    step = step_for(invitation, now, plan)
    if step is SurveyStep.SEND:
        send(invitation, plan, now)
    elif step is SurveyStep.REMIND:
        invitation.reminders_sent += 1
        invitation.reminded_on = today
        ask_again(invitation, in_the_day(now))
    elif step is SurveyStep.CLOSE:
        invitation.state = InvitationState.LAPSED
        cancel_messages(about=about_invitation(invitation))
    else:  # pragma: no cover - the query and the rule agree; if they did not, stop instead of looping
        return 0
    invitation.save()
    return 1


def send(invitation: SurveyInvitation, plan: EvaluationPlan, now: datetime) -> None:
    """The first email, with the newest version of the questions."""
    today, stage = timezone.localdate(now), Stage(invitation.stage)
    newest = questionnaire_for(stage, invitation.event.course, today)
    invitation.questionnaire = newest or invitation.questionnaire
    invitation.state, invitation.sent_on = InvitationState.SENT, today
    invitation.closes_on = closes_on(today, rule_for(invitation, plan))
    ask(invitation, in_the_day(now))


def step_for(invitation: SurveyInvitation, now: datetime, plan: EvaluationPlan) -> SurveyStep:
    """The rule's answer for one invitation. A baseline is useless once the event has begun."""
    if invitation.stage == Stage.BASELINE and invitation.event.starts_at <= now:
        return SurveyStep.CLOSE
    due = invitation.due_on
    if plan.send_on_working_days_only:
        due = send_on(due, calendar(due, timezone.localdate(now)), working_days_only=True)
    return next_step(
        InvitationState(invitation.state),
        due,
        invitation.sent_on,
        invitation.reminders_sent,
        timezone.localdate(now),
        rule_for(invitation, plan),
    )


def rule_for(invitation: SurveyInvitation, plan: EvaluationPlan) -> SurveyPlan:
    """The plan for one invitation. Questions before the course can be answered until it begins."""
    rule = plan.as_rule()
    if invitation.stage != Stage.BASELINE or invitation.sent_on is None:
        return rule
    until_it_begins = timezone.localdate(invitation.event.starts_at) - invitation.sent_on
    return replace(rule, close_days=until_it_begins.days)


def needing_something(now: datetime, plan: EvaluationPlan) -> QuerySet[SurveyInvitation]:
    """The same as :func:`step_for`, for all invitations at once; a test compares them.

    No emails go out at weekends if the partnership writes on working days only. Reminders keep the
    plan's distance even when a run is late: never two at once.
    """
    today, days = timezone.localdate(now), plan.as_rule()
    rows: QuerySet[SurveyInvitation] = SurveyInvitation.objects.open()
    begun = Q(stage=Stage.BASELINE, event__starts_at__lte=now)
    over = Q(state=InvitationState.SENT, sent_on__lt=today - timedelta(days=days.close_days))
    over &= ~Q(stage=Stage.BASELINE)
    if plan.send_on_working_days_only and not calendar(today, today).is_working(today):
        return rows.filter(begun | over)
    first, second = days.reminder_days
    unsent = Q(state=InvitationState.PLANNED, due_on__lte=today)
    sent = Q(state=InvitationState.SENT)
    once = sent & Q(reminders_sent=0, sent_on__lte=today - timedelta(days=first))
    twice = sent & Q(reminders_sent=1, sent_on__lte=today - timedelta(days=second))
    apart = Q(reminded_on__isnull=True) | Q(reminded_on__lte=today - timedelta(days=second - first))
    return rows.filter(begun | over | ((unsent | once | (twice & apart)) & reachable(today)))


def calendar(first: date, last: date) -> WorkingCalendar:
    """The working days of the years in question and of the year after, because a due day may move into it."""
    return working_calendar(active_partnership(), first, last + timedelta(days=14))


def in_the_day(now: datetime) -> datetime:
    """Now, or seven in the morning if it is still night."""
    morning = datetime.combine(timezone.localdate(now), MAILS_FROM)
    return max(now, timezone.make_aware(morning))
