"""How far people meet their requirements: worked out from records each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from competencies.models import Requirement, RequirementCourse
from competencies.rules.scope import concerns
from competencies.rules.standing import Completion, Position, RequirementStanding, positions
from competencies.terms.people import work_of
from courses.models import TrainingRecord

Records = dict[int, list[Completion]]

# Colours of the tags; the words carry the meaning.
STANDING_COLOURS = {
    RequirementStanding.CURRENT: "green",
    RequirementStanding.DUE_SOON: "yellow",
    RequirementStanding.OVERDUE: "red",
    RequirementStanding.NEVER: "grey",
}


@dataclass(frozen=True)
class Stand:
    """One requirement of one person, with the row it comes from."""

    row: Requirement
    position: Position

    @property
    def standing(self) -> RequirementStanding:
        return self.position.standing

    @property
    def colour(self) -> str:
        return STANDING_COLOURS[self.position.standing]

    @property
    def courses(self) -> list[dict[str, Any]]:
        """Id, title and slug of the courses that satisfy it."""
        found: list[dict[str, Any]] = self.row.mapped  # type: ignore[attr-defined]
        return found

    @property
    def course_ids(self) -> list[int]:
        return [each["id"] for each in self.courses]


def requirements() -> list[Requirement]:
    """Every requirement of the partnership, with ``mapped``: id, title and slug of its courses."""
    mapped = (
        RequirementCourse.objects.filter(requirement=OuterRef("pk"))
        .order_by("course__title")
        .values(
            course_named=JSONObject(
                id=F("course_id"), title=F("course__title"), slug=F("course__slug")
            )
        )
    )
    rows = Requirement.objects.select_related("sector").annotate(mapped=ArraySubquery(mapped))
    return list(rows.order_by("title", "pk"))


def stands_of(
    person: Any, rows: Iterable[Requirement], completions: Iterable[Completion], today: date
) -> list[Stand]:
    """Everything required of a person from ``with_work``, the most pressing first."""
    work = work_of(person)
    needed = {
        row.as_rule(each["id"] for each in row.mapped): row  # type: ignore[attr-defined]
        for row in rows
        if concerns(row.scope, work)
    }
    found = positions(needed, completions, today)
    return sorted((Stand(needed[one.requirement], one) for one in found), key=pressing)


def pressing(stand: Stand) -> tuple[int, date, str]:
    """Overdue before missing before due soon, the longest overdue first."""
    order = (
        RequirementStanding.OVERDUE,
        RequirementStanding.NEVER,
        RequirementStanding.DUE_SOON,
        RequirementStanding.CURRENT,
    )
    position = stand.position
    return order.index(position.standing), position.due_on or date.max, position.requirement.title


def completions(records: Iterable[TrainingRecord]) -> list[Completion]:
    """Records as the rules read them. Those that count as none of our courses are left out."""
    return [
        Completion(str(row.course_id), row.completed_on, row.minutes, row.participatory)
        for row in records
        if row.course_id is not None
    ]


def completions_by_person(people: QuerySet[Any] | Iterable[int]) -> Records:
    """The counted records of many people in one query."""
    rows = TrainingRecord.objects.filter(membership__in=people, course__isnull=False)
    found: Records = defaultdict(list)
    columns = ("membership_id", "course_id", "completed_on", "minutes", "participatory")
    for who, course, day, minutes, together in rows.order_by().values_list(*columns):
        found[who].append(Completion(str(course), day, minutes, together))
    return found
