"""Which questions are asked after a booking."""

from __future__ import annotations

from datetime import date

from evaluation.models import Questionnaire
from evaluation.rules.states import Stage
from evaluation.terms.asking import plan_here
from tenancy import kept


def baseline_of(course: int, today: date) -> Questionnaire | None:
    """The questions before this course, its own in preference to the general ones; None if none are asked."""
    fitting = (
        one
        for wanted in (course, None)
        for one in baselines()
        if one.course_id == wanted and one.valid_from <= today
    )
    return next(fitting, None)


@kept
def baselines() -> tuple[Questionnaire, ...]:
    """Every version, the newest first; none if people are not asked at booking."""
    if not plan_here().baseline_at_booking:
        return ()
    return tuple(Questionnaire.objects.filter(stage=Stage.BASELINE).order_by("-version"))
