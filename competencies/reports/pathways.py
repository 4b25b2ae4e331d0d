"""How far someone is along a pathway, and when each course can be taken next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from bookings.terms.places import with_places
from competencies.models import Pathway, PathwayStep
from competencies.rules.pathway import Progress, Step, progress
from competencies.terms.people import Held
from courses.models import Course, Event
from courses.reports.catalogue import next_events

NextEvents = dict[int, Event]


@dataclass(frozen=True)
class Way:
    """A pathway of a role, how far someone is along it, and the courses by the steps' codes."""

    pathway: Pathway
    progress: Progress
    courses: dict[str, Course]


def ways_of(held: Iterable[Held], completed: frozenset[str], today: date) -> list[Way]:
    """The pathways of the roles that someone holds; steps are named by course ids. One query."""
    since = {each.role: each.since for each in held}
    rows = (
        PathwayStep.objects.filter(pathway__role_profile__in=since)
        .select_related("pathway", "course")
        .order_by("pathway__title", "pathway_id", "position")
    )
    ways = []
    for _, group in groupby(rows, key=lambda row: row.pathway_id):
        steps = list(group)
        pathway = steps[0].pathway
        started = since[pathway.role_profile_id]
        ways.append(way_along(pathway, steps, completed, started, today))
    return ways


def way_along(
    pathway: Pathway,
    rows: Iterable[PathwayStep],
    completed: frozenset[str],
    started: date,
    today: date,
) -> Way:
    """How far someone is who started on a day."""
    steps = list(rows)
    courses = {str(row.course_id): row.course for row in steps}
    asked = tuple(Step(str(row.course_id), row.course.title, row.optional) for row in steps)
    return Way(pathway, progress(asked, completed, started, today, pathway.months), courses)


def open_dates(course_ids: Iterable[int], now: datetime) -> NextEvents:
    """For each course the first event that someone can book and that has a place. One query."""
    wanted = sorted(set(course_ids))
    rows = with_places(next_events(wanted, now), now).filter(places_left__gt=0)
    found: Iterable[Any] = rows.select_related("course")
    return {event.course_id: event for event in found}


def first_date(course_ids: Iterable[int], dates: NextEvents) -> Event | None:
    """The earliest event among courses that are alternatives."""
    found = [dates[each] for each in course_ids if each in dates]
    return min(found, key=lambda event: event.starts_at, default=None)
