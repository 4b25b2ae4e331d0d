"""Plan what people are asked about an event whose register is closed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from bookings.models import Booking
from courses.models import Event, EventTrainer
from evaluation.models import SurveyInvitation
from evaluation.reports.asking import (
    bookings_to_ask,
    last_day,
    plan_here,
    questionnaire_for,
    trainers_to_ask,
)
from evaluation.rules.states import InvitationState, Stage
from evaluation.rules.timing import impact_due
from partnerships.models import Membership
from partnerships.sweeps import take


@transaction.atomic
def plan_next_delegate(now: datetime) -> int:
    """Plan both questionnaires of one delegate who came; 0 when everybody's are planned.

    The row stays locked, so a second worker takes another one; the unique key holds against the rest.
    """
    to_ask = bookings_to_ask(timezone.localdate(now))
    booking = take(to_ask.select_related("event__course", "membership").order_by("pk"))
    if booking is None:
        return 0
    for stage in (Stage.IMMEDIATE, Stage.IMPACT):
        plan_survey(booking.event, booking.membership, stage, booking)
    return 1


@transaction.atomic
def plan_next_trainer(now: datetime) -> int:
    """Plan the questionnaire of one trainer; 0 when all are planned."""
    row: EventTrainer | None = take(
        trainers_to_ask().select_related("event__course", "trainer__membership").order_by("pk")
    )
    if row is None or row.trainer.membership is None:
        return 0
    plan_survey(row.event, row.trainer.membership, Stage.TRAINER, None)
    return 1


def plan_survey(
    event: Event, membership: Membership, stage: Stage, booking: Booking | None
) -> None:
    """One invitation, once a person, event and stage; a withdrawn one is taken up again."""
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
