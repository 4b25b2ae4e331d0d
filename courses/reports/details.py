"""What the page of one course or event shows from other tables, in the same query."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from courses.models import Course, Event, EventTrainer, LearningOutcome, Prerequisite


def with_outcomes(courses: QuerySet[Course]) -> QuerySet[Course]:
    """Adds ``outcome_texts`` and ``required`` (see :func:`alternatives`) to courses, without more queries."""
    return courses.select_related("group").annotate(
        outcome_texts=outcome_texts(OuterRef("pk")), required=required_courses(OuterRef("pk"))
    )


def with_event_details(events: QuerySet[Event]) -> QuerySet[Event]:
    """Adds what an event's page shows from other tables, without more queries."""
    names = (
        EventTrainer.objects.filter(event=OuterRef("pk"))
        .order_by("trainer__name")
        .values("trainer__name")
    )
    return events.select_related("course", "course__group", "venue").annotate(
        trainer_names=ArraySubquery(names),
        outcome_texts=outcome_texts(OuterRef("course")),
        required=required_courses(OuterRef("course")),
    )


def outcome_texts(course: OuterRef) -> ArraySubquery:
    """The outcomes of a course, in order."""
    rows = LearningOutcome.objects.filter(course=course).order_by("position", "id")
    return ArraySubquery(rows.values("text"))


def required_courses(course: OuterRef) -> ArraySubquery:
    """The prerequisites of a course, as objects with choice, slug and title."""
    rows = Prerequisite.objects.filter(course=course).order_by("choice", "id")
    named = JSONObject(choice=F("choice"), slug=F("requires__slug"), title=F("requires__title"))
    return ArraySubquery(rows.values(named=named))


def alternatives(required: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Required courses, with alternatives grouped."""
    together: dict[int, list[dict[str, Any]]] = {}
    for each in required:
        together.setdefault(each["choice"], []).append(each)
    return list(together.values())


def substance_of(course: Course, found: Course | Event) -> dict[str, Any]:
    """What a page says about a course's content; ``found`` is the row with the annotations."""
    return {
        "outcome_texts": found.outcome_texts,  # type: ignore[union-attr]
        "points": [line for line in course.content.splitlines() if line.strip()],
        "required": alternatives(found.required),  # type: ignore[union-attr]
    }
