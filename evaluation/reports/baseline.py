"""Which questions are asked with a booking."""

from __future__ import annotations

from django.db.models import Exists
from django.utils import timezone

from courses.models import Event
from evaluation.models import EvaluationPlan, Questionnaire, Response
from evaluation.rules.states import Stage
from partnerships.models import Membership


def baseline_questions(event: Event, person: Membership) -> Questionnaire | None:
    """The baseline of this course, None where the partnership asks none or the person has answered it."""
    answered = Response.objects.filter(
        invitation__event=event, invitation__membership=person, invitation__stage=Stage.BASELINE
    )
    rows = Questionnaire.objects.for_course(Stage.BASELINE, event.course, timezone.localdate())
    asked = rows.filter(
        Exists(EvaluationPlan.objects.filter(baseline_at_booking=True)), ~Exists(answered)
    )
    found: Questionnaire | None = asked.first()
    return found
