"""Questionnaires, invitations, answers."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from bookings.models import Booking
from evaluation.models import (
    Answer,
    EvaluationPlan,
    Question,
    Questionnaire,
    Response,
    SurveyInvitation,
)
from evaluation.rules.states import InvitationState, QuestionKind, Stage, Subscale
from tests.world.people import LONG_AGO

number = count(1)

# The same keys at every stage, so that one person's answers join up.
SCALES = (
    ("know", "I know what abuse and neglect look like.", Subscale.KNOWLEDGE),
    ("confident", "I am confident to share a worry.", Subscale.CONFIDENCE),
)


def evaluation_plan(**fields: Any) -> EvaluationPlan:
    """Baseline at booking, impact after three months, certificate after the evaluation."""
    made: EvaluationPlan = EvaluationPlan.objects.create(**fields)
    return made


def questionnaire(
    *, stage: Stage = Stage.IMMEDIATE, scales: bool = True, **fields: Any
) -> Questionnaire:
    """The questions of one stage: two scales and a free text, or none."""
    defaults: dict[str, Any] = {"title": stage.label, "valid_from": LONG_AGO}
    made: Questionnaire = Questionnaire.objects.create(stage=stage, **defaults | fields)
    if scales:
        for position, (key, text, subscale) in enumerate(SCALES, 1):
            question(questionnaire=made, position=position, key=key, text=text, subscale=subscale)
        question(
            questionnaire=made,
            position=9,
            key="comment",
            text="What will you do differently?",
            kind=QuestionKind.TEXT,
            required=False,
        )
    return made


def question(*, questionnaire: Questionnaire, **fields: Any) -> Question:
    """A question on a scale from 1 to 5."""
    which = next(number)
    defaults: dict[str, Any] = {"position": which, "key": f"q{which}", "text": f"Question {which}"}
    made: Question = Question.objects.create(questionnaire=questionnaire, **defaults | fields)
    return made


def invitation(
    *,
    booking: Booking,
    stage: Stage = Stage.IMMEDIATE,
    state: InvitationState = InvitationState.SENT,
    due_on: date | None = None,
    **fields: Any,
) -> SurveyInvitation:
    """One person is asked about one event."""
    today = timezone.localdate()
    asked = fields.pop("questionnaire", None) or Questionnaire.objects.filter(stage=stage).first()
    made: SurveyInvitation = SurveyInvitation.objects.create(
        stage=stage,
        event=booking.event,
        booking=booking,
        membership=booking.membership,
        questionnaire=asked or questionnaire(stage=stage),
        state=state,
        due_on=due_on or today,
        **{"sent_on": None if state is InvitationState.PLANNED else today} | fields,
    )
    return made


def answer(*, invitation: SurveyInvitation, comment: str = "", **numbers: int) -> Response:
    """Answers by question key: ``answer(invitation=asked, know=4, confident=5)``."""
    now = timezone.now()
    made: Response = Response.objects.create(invitation=invitation, submitted_at=now)
    for asked in invitation.questionnaire.questions.all():
        if asked.key in numbers:
            Answer.objects.create(response=made, question=asked, number=numbers[asked.key])
        elif asked.key == "comment" and comment:
            Answer.objects.create(response=made, question=asked, text=comment)
    invitation.state, invitation.answered_at = InvitationState.ANSWERED, now
    invitation.save()
    return made
