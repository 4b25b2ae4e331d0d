"""Say which of our courses learning from elsewhere counts as."""

from __future__ import annotations

from django.db import transaction

from courses.models import Course, TrainingRecord
from courses.rules.states import RecordSource


class AlreadyRecognised(Exception):
    """Someone has said which course it counts as; a record is a fact and is not changed again."""


@transaction.atomic
def recognise_learning(*, record: TrainingRecord, course: Course) -> TrainingRecord:
    """Say, once, which of our courses learning from elsewhere counts as."""
    locked: TrainingRecord = TrainingRecord.objects.select_for_update().get(pk=record.pk)
    if locked.course_id is not None or locked.source != RecordSource.ELSEWHERE:
        raise AlreadyRecognised
    locked.course = course
    locked.save()
    return locked
