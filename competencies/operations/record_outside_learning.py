"""Note learning that was completed somewhere else, and say what it stands for."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from courses.models import Course, TrainingRecord
from courses.rules.states import RecordSource
from partnerships.models import Membership


class AlreadyRecognised(Exception):
    """Somebody has said which course it stands for; a record is a fact and is not changed again."""


@transaction.atomic
def record_outside_learning(
    *,
    person: Membership,
    title: str,
    provider: str,
    completed_on: date,
    minutes: int,
    participatory: bool,
    course: Course | None = None,
) -> TrainingRecord:
    """Add the fact. Without ``course`` it is kept but renews no requirement (only mapped courses do).

    The same learning sent twice is one record.
    """
    Membership.objects.select_for_update().get(pk=person.pk)
    record, _ = TrainingRecord.objects.get_or_create(
        membership=person,
        source=RecordSource.ELSEWHERE,
        title=title,
        provider=provider,
        completed_on=completed_on,
        defaults={"minutes": minutes, "participatory": participatory, "course": course},
    )
    found: TrainingRecord = record
    return found


@transaction.atomic
def recognise_learning(*, record: TrainingRecord, course: Course) -> TrainingRecord:
    """Say once which of our courses learning from elsewhere stands for."""
    locked: TrainingRecord = TrainingRecord.objects.select_for_update().get(pk=record.pk)
    if locked.course_id is not None or locked.source != RecordSource.ELSEWHERE:
        raise AlreadyRecognised
    locked.course = course
    locked.save()
    return locked
