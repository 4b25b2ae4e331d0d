"""Which questions are asked with a booking."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from courses.models import Event
from evaluation.models import Question, Questionnaire, SurveyInvitation
from evaluation.reports.asking import plan_here
from evaluation.rules.states import InvitationState, Stage
from partnerships.models import Membership
from partnerships.tenancy import kept


@dataclass(frozen=True)
class Baseline:
    """The questions, and the invitation where the person was asked before and has not answered."""

    questionnaire: Questionnaire
    questions: tuple[Question, ...]
    invitation: SurveyInvitation | None


def baseline_to_ask(event: Event, person: Membership) -> Baseline | None:
    """The baseline of this course, None where the partnership asks none or the person has answered it."""
    today = timezone.localdate()
    courses = (event.course_id, None)  # the course's own questions before the general ones
    fitting = (
        (asked, questions)
        for course in courses
        for asked, questions in baselines()
        if asked.course_id == course and asked.valid_from <= today
    )
    found = next(fitting, None)
    if found is None:
        return None
    earlier: SurveyInvitation | None = SurveyInvitation.objects.filter(
        event=event, membership=person, stage=Stage.BASELINE
    ).first()
    if earlier is not None and earlier.state == InvitationState.ANSWERED:
        return None
    return Baseline(*found, earlier)


@kept
def baselines() -> tuple[tuple[Questionnaire, tuple[Question, ...]], ...]:
    """Every version with its questions, the newest first; none where booking is not the time to ask."""
    if not plan_here().baseline_at_booking:
        return ()
    rows = Questionnaire.objects.filter(stage=Stage.BASELINE).order_by("-version")
    return tuple((one, tuple(one.questions.all())) for one in rows.prefetch_related("questions"))
