"""Which questions are asked with a booking."""

from __future__ import annotations

from django.utils import timezone

from courses.models import Event
from evaluation.models import EvaluationPlan, Questionnaire, Response
from evaluation.rules.states import Stage
from partnerships.models import Membership


def baseline_questions(event: Event, person: Membership) -> Questionnaire | None:
    """The baseline of this course, None where the partnership asks none or the person has answered it."""
    plan = EvaluationPlan.objects.first()
    if plan is None or not plan.baseline_at_booking:
        return None
    answered = Response.objects.filter(
        invitation__event=event, invitation__membership=person, invitation__stage=Stage.BASELINE
    )
    if answered.exists():
        return None
    rows = Questionnaire.objects.for_course(Stage.BASELINE, event.course, timezone.localdate())
    found: Questionnaire | None = rows.prefetch_related("questions").first()
    return found
