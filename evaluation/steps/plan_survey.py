"""One invitation, planned once."""

from __future__ import annotations

from django.utils import timezone

from bookings.models import Booking
from courses.models import Event
from evaluation.models import SurveyInvitation
from evaluation.rules.states import InvitationState, Stage
from evaluation.rules.timing import impact_due
from evaluation.terms.asking import (
    last_day,
    plan_here,
    questionnaire_for,
)
from partnerships.models import Membership


def plan_survey(
    event: Event, membership: Membership, stage: Stage, booking: Booking | None
) -> None:
    """One invitation per person, event and stage. A withdrawn one is used again."""
    ended = last_day(event)
    questionnaire = questionnaire_for(stage, event.course, ended)
    if questionnaire is None:
        return
    due = timezone.localdate(event.register_closed_at)
    if stage is Stage.IMPACT:
        due = impact_due(ended, plan_here().impact_months)
    row, made = SurveyInvitation.objects.get_or_create(
        event=event,
        membership=membership,
        stage=stage,
        defaults={
            "booking": booking,
            "questionnaire": questionnaire,
            "due_on": due,
            "counted_from": ended,
        },
    )
    if not made and row.state == InvitationState.WITHDRAWN:
        row.begin_again()
        row.booking, row.due_on, row.counted_from = booking, due, ended
        row.save()
