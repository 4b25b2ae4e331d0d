"""`{% load competence %}`: lengths of learning and of time in words, and the way back in a guide."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template

from competencies.models import PathwayGuide
from competencies.rules.guide import Walk
from courses.rules.catalogue import duration_wording
from evaluation.models import SurveyInvitation
from evaluation.rules.states import Stage
from govuk.rules.phrases import counted

register = template.Library()


@register.filter
def hours(minutes: int) -> str:
    """A length of learning: 3 hours, 1 hour 30 minutes; "Not known" if no one has said."""
    return duration_wording(minutes) if minutes else "Not known"


@register.filter
def months(number: int) -> str:
    """A span of time: 18 months, 2 years."""
    years, rest = divmod(number, 12)
    return counted(number, "month") if rest or not years else counted(years, "year")


@register.filter
def stage(invitation: SurveyInvitation) -> str:
    """When someone is asked: after the event, impact."""
    return Stage(invitation.stage).label


@register.simple_tag
def guide_back(guide: PathwayGuide, walk: Walk) -> str:
    """The address of the previous question, with the answers so far."""
    earlier = [("answer", label) for _, label in walk.trail[:-1]]
    return (
        f"{guide.get_absolute_url()}?{urlencode(earlier)}" if earlier else guide.get_absolute_url()
    )
