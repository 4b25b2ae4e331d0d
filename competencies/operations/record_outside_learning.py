"""Record learning that was completed somewhere else, and what it counts as."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from courses.models import Course, TrainingRecord
from courses.rules.states import RecordSource
from partnerships.models import Membership


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
