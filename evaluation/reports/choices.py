"""What the filters of insight offer. One query."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, Value

from courses.models import Course
from partnerships.models import Agency


@dataclass(frozen=True)
class Choices:
    courses: tuple[tuple[int, str], ...]
    agencies: tuple[tuple[int, str], ...]


def choices() -> Choices:
    """Courses and agencies by name, including closed ones, because reports look back."""
    kind = {name: Value(name, output_field=CharField()) for name in ("course", "agency")}
    courses = Course.objects.order_by().values_list(kind["course"], "pk", "title")
    agencies = Agency.objects.order_by().values_list(kind["agency"], "pk", "name")
    rows = sorted(courses.union(agencies, all=True), key=lambda row: str(row[2]).casefold())
    return Choices(
        courses=tuple((pk, name) for kind_, pk, name in rows if kind_ == "course"),
        agencies=tuple((pk, name) for kind_, pk, name in rows if kind_ == "agency"),
    )
