"""What people wrote, without names, for people who may read individual answers."""

from __future__ import annotations

from django.db.models import QuerySet

from evaluation.models import Answer
from evaluation.reports.slices import Slice
from evaluation.rules.states import QuestionKind


def comments(chosen: Slice) -> QuerySet[Answer]:
    """Free text about the events, question by question, the newest first."""
    rows: QuerySet[Answer] = (
        Answer.objects.filter(
            question__kind=QuestionKind.TEXT,
            response__invitation__event__in=chosen.events(),
        )
        .exclude(text="")
        .select_related("question", "response__invitation__event__course")
    )
    return rows.order_by(
        "response__invitation__stage", "question__key", "-response__submitted_at", "pk"
    )
