"""Who asked for dates of which course, counted for the training team."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count

from bookings.models import CourseInterest


@dataclass(frozen=True)
class Wanted:
    """One course and how many people ask for it, in all and by agency, the most first."""

    title: str
    slug: str
    people: int
    agencies: tuple[tuple[str, int], ...]


def courses_asked_for() -> list[Wanted]:
    """The courses that most people ask for first; one query."""
    rows = (
        CourseInterest.objects.open()
        .filter(membership__is_active=True)
        .order_by()
        .values_list("course__title", "course__slug", "agency__name")
        .annotate(people=Count("pk"))
        .order_by("course__title", "course__slug", "-people", "agency__name")
    )
    found = []
    for (title, slug), group in groupby(rows, key=lambda row: row[:2]):
        agencies = tuple((agency or "No agency", people) for *_, agency, people in group)
        found.append(Wanted(title, slug, sum(people for _, people in agencies), agencies))
    return sorted(found, key=lambda one: (-one.people, one.title))
