"""Keep what someone answered, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from evaluation.models import Answer, Question, Response, SurveyInvitation
from evaluation.rules.states import InvitationState, QuestionKind


@transaction.atomic
def record_response(
    *, invitation: SurveyInvitation, answers: Iterable[tuple[Question, str]], now: datetime
) -> Response:
    """Write the answers to an invitation and mark it answered.

    Safe to repeat: answers that were given already stay as they are.
    """
    rows = SurveyInvitation.objects.select_for_update(of=("self",))
    invitation = rows.get(pk=invitation.pk)
    earlier: Response | None = Response.objects.filter(invitation=invitation).first()
    if earlier is not None:
        return earlier
    invitation.state, invitation.answered_at = InvitationState.ANSWERED, now
    invitation.save()
    return write_answers(invitation, answers, now)


def write_answers(
    invitation: SurveyInvitation, answers: Iterable[tuple[Question, str]], now: datetime
) -> Response:
    """The answers to an invitation that has none and is marked answered."""
    response: Response = Response.objects.create(invitation=invitation, submitted_at=now)
    Answer.objects.bulk_create(as_row(response, question, text) for question, text in answers)
    return response


def as_row(response: Response, question: Question, text: str) -> Answer:
    """A number on a scale, words otherwise."""
    if question.kind == QuestionKind.SCALE:
        return Answer(response=response, question=question, number=int(text))
    return Answer(response=response, question=question, text=text)
