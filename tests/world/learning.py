"""What people need and hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from competencies.models import (
    Pathway,
    PathwayStep,
    Requirement,
    RequirementCourse,
    RoleAssignment,
    RoleProfile,
)
from courses.models import Course, TrainingRecord
from courses.rules.states import RecordSource
from partnerships.models import Membership
from tests.world.people import LONG_AGO

number = count(1)


def record(
    *, person: Membership, course: Course, completed_on: date | None = None, **fields: Any
) -> TrainingRecord:
    """Learning completed somewhere else, today unless said otherwise."""
    defaults: dict[str, Any] = {
        "title": course.title,
        "source": RecordSource.ELSEWHERE,
        "minutes": course.minutes,
    }
    made: TrainingRecord = TrainingRecord.objects.create(
        membership=person,
        course=course,
        completed_on=completed_on or timezone.localdate(),
        **defaults | fields,
    )
    return made


def role_profile(*, people: Iterable[Membership] = (), **fields: Any) -> RoleProfile:
    """A kind of job, held by these people since 2020."""
    which = next(number)
    defaults: dict[str, Any] = {"code": f"role-{which}", "name": f"Role {which}"}
    made: RoleProfile = RoleProfile.objects.create(**defaults | fields)
    for each in people:
        RoleAssignment.objects.create(membership=each, role_profile=made, since=LONG_AGO)
    return made


def requirement(*, courses: Iterable[Course], **fields: Any) -> Requirement:
    """What a role profile or a group (one of them must be given) has to hold."""
    which = next(number)
    defaults: dict[str, Any] = {"code": f"need-{which}", "title": f"Need {which}", "months": 36}
    made: Requirement = Requirement.objects.create(**defaults | fields)
    for each in courses:
        RequirementCourse.objects.create(requirement=made, course=each)
    return made


def pathway(*, courses: Iterable[Course], **fields: Any) -> Pathway:
    """Courses in the order in which they are taken."""
    which = next(number)
    defaults: dict[str, Any] = {"slug": f"pathway-{which}", "title": f"Pathway {which}"}
    made: Pathway = Pathway.objects.create(**defaults | fields)
    for position, each in enumerate(courses, 1):
        PathwayStep.objects.create(pathway=made, course=each, position=position)
    return made
