"""What is on offer, filtered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Q
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import TruncMonth
from django.utils import timezone

from courses.models import Course, Event
from courses.models.course import CourseQuerySet
from courses.models.event import EventQuerySet
from courses.rules.catalogue import LENGTH_MINUTES, Length
from courses.rules.states import EventState
from partnerships.models import PlainVector, Together, searched
from partnerships.rules.months import add_months
from tenancy import kept

Wanted = Mapping[str, Any]


@dataclass(frozen=True)
class CatalogueChoices:
    """Values that courses in the catalogue actually have, with their labels."""

    groups: tuple[tuple[str, str], ...]
    topics: tuple[tuple[str, str], ...]


@kept
def catalogue_choices() -> CatalogueChoices:
    """Groups in their order and topics by name; one query."""
    rows = (
        Course.objects.in_catalogue()
        .order_by()
        .values_list("group__position", "group__code", "group__name", "topics")
        .distinct()
    )
    groups = set()
    topics: set[str] = set()
    for position, code, name, named in rows:
        if code:
            groups.add((position, code, name))
        topics.update(named)
    return CatalogueChoices(
        groups=tuple((code, name) for _, code, name in sorted(groups)),
        topics=tuple((topic, topic_wording(topic)) for topic in sorted(topics)),
    )


def months_on_offer(now: datetime) -> tuple[date, ...]:
    """First days of the months in which something is on offer; one query."""
    month = TruncMonth("starts_at", tzinfo=timezone.get_current_timezone())
    rows = Event.objects.on_offer(now).order_by().annotate(month=month)
    return tuple(sorted({one.date() for one in rows.values_list("month", flat=True).distinct()}))


def topic_wording(topic: str) -> str:
    """A topic as a label: "child protection" reads "Child protection"."""
    return topic[:1].upper() + topic[1:].replace("_", " ")


def courses_wanted(wanted: Wanted) -> CourseQuerySet:
    """Courses in the catalogue that match the filter."""
    found: CourseQuerySet = Course.objects.in_catalogue().select_related("group")
    if text := wanted.get("q"):
        found = found.matching(text)
    if length := wanted.get("length"):
        shortest, longest = LENGTH_MINUTES[Length(length)]
        found = found.filter(minutes__gte=shortest)
        found = found if longest is None else found.filter(minutes__lte=longest)
    if delivery := wanted.get("delivery"):
        found = found.filter(delivery=delivery)
    return found.filter(of_course(wanted, ""))


def events_wanted(wanted: Wanted, among: EventQuerySet) -> EventQuerySet:
    """Those of the events that match the filter."""
    found: EventQuerySet = among.filter(of_course(wanted, "course__"))
    if text := wanted.get("q"):
        found = found.alias(words=event_words()).filter(words=searched(text))
    if month := wanted.get("month"):
        found = found.filter(in_month(month))
    if delivery := wanted.get("delivery"):
        found = found.filter(delivery=delivery)
    return found


def event_words() -> CombinedExpression:
    """What an event is found by: the words of its course, its venue and its reference."""
    own = PlainVector(Together("venue__name", "reference"))
    return CombinedExpression(
        F("course__words__search"), "||", own, output_field=SearchVectorField()
    )


def of_course(wanted: Wanted, path: str) -> Q:
    """Conditions on the course, ``path`` away from the row in question."""
    lookups = {"group": "group__code", "kind": "kind", "topic": "topics__contains"}
    chosen = {name: wanted[name] for name in lookups if wanted.get(name)}
    if "topic" in chosen:
        chosen["topic"] = [chosen["topic"]]
    return Q(**{f"{path}{lookups[name]}": value for name, value in chosen.items()})


def in_month(month: str) -> Q:
    """Starting in a month, written 2027-03, by the partnership's own clock."""
    begins, ends = bounds_of_month(date.fromisoformat(f"{month}-01"))
    return Q(starts_at__gte=begins, starts_at__lt=ends)


def bounds_of_month(first: date) -> tuple[datetime, datetime]:
    """The instants at which a month begins and ends by the partnership's own clock; ``first`` is its first day."""
    begins, ends = (
        timezone.make_aware(datetime(day.year, day.month, 1))  # noqa: DTZ001 - made aware here
        for day in (first, add_months(first, 1))
    )
    return begins, ends


def next_events(course_ids: list[int], now: datetime) -> EventQuerySet:
    """For each of these courses the first event that can still be booked."""
    found: EventQuerySet = (
        Event.objects.filter(course__in=course_ids, state=EventState.PUBLISHED)
        .upcoming(now)
        .bookable(now)
        .order_by("course_id", "starts_at", "id")
        .distinct("course_id")
    )
    return found
