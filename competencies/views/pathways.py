"""Pathways and guides: public, for anyone who wonders which course is the right one."""

from __future__ import annotations

from typing import Any

from django.db.transaction import non_atomic_requests
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from competencies.forms.learning import GuideForm
from competencies.models import Pathway, PathwayGuide, PathwayStep
from competencies.reports.guides import courses_named
from competencies.reports.pathways import open_dates
from competencies.rules.guide import Guide, Walk, guide_reasons, walk
from partnerships.access import TenantRequest, public
from partnerships.rules.reasons import blocks

MOST_ANSWERS = 50


@public
@non_atomic_requests
def pathways(request: TenantRequest) -> HttpResponse:
    rows = Pathway.objects.select_related("role_profile").prefetch_related("steps__course")
    context = {"pathways": rows, "guides": PathwayGuide.objects.all()}
    return render(request, "competencies/pathways.html", context)


@public
@non_atomic_requests
def pathway(request: TenantRequest, slug: str) -> HttpResponse:
    """One pathway: its courses in order, each with the next date that has places."""
    found = get_object_or_404(Pathway.objects.select_related("role_profile"), slug=slug)
    steps = list(
        PathwayStep.objects.filter(pathway=found)
        .select_related("course__group")
        .order_by("position")
    )
    dates = open_dates([step.course_id for step in steps], timezone.now())
    context = {
        "pathway": found,
        "steps": [(step, dates.get(step.course_id)) for step in steps if not step.optional],
        "optional": [(step, dates.get(step.course_id)) for step in steps if step.optional],
        "minutes": sum(step.course.minutes for step in steps if not step.optional),
        "other_learning": [line for line in found.description.splitlines() if line.strip()],
    }
    return render(request, "competencies/pathway.html", context)


@public
@non_atomic_requests
def guide(request: TenantRequest, slug: str) -> HttpResponse:
    """One step of a guide: the answers so far are the address, so that Back and bookmarks work."""
    found = get_object_or_404(PathwayGuide, slug=slug)
    rule = found.as_rule()
    if blocks(guide_reasons(rule)):
        raise Http404("This guide is being worked on.")
    given = request.GET.getlist("answer")[:MOST_ANSWERS]
    here, problem = follow(rule, given)
    context = {
        "guide": found,
        "walk": here,
        "given": given,
        **question_or_end(request, here, problem),
    }
    return render(request, "competencies/guide.html", context, status=400 if problem else 200)


def follow(rule: Guide, given: list[str]) -> tuple[Walk, bool]:
    """Where the answers lead. If they cannot have been given: back to the beginning, and True."""
    try:
        return walk(rule, tuple(given)), False
    except ValueError:
        return walk(rule, ()), True


def question_or_end(request: TenantRequest, here: Walk, problem: bool) -> dict[str, Any]:
    """The form of the open question, or the courses gathered."""
    if here.question is None:
        courses = courses_named((*here.attend, *here.optional), timezone.now())
        return {
            "attend": [courses[each] for each in dict.fromkeys(here.attend) if each in courses],
            "optional": [courses[each] for each in dict.fromkeys(here.optional) if each in courses],
        }
    asked = "go" in request.GET and not problem and answers_missing(request, here)
    form = GuideForm(
        {} if asked else None,
        question=here.question.text,
        labels=[answer.label for answer in here.question.answers],
    )
    return {"form": form, "started_again": problem, "labels": [label for _, label in here.trail]}


def answers_missing(request: TenantRequest, here: Walk) -> bool:
    """Whether the question on the page was sent without an answer."""
    return request.GET.get("go") == str(len(here.trail))
