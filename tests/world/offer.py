"""Courses and events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from courses.models import (
    Course,
    Event,
    EventTrainer,
    LearningOutcome,
    Prerequisite,
    Programme,
    Session,
    Trainer,
    TrainerQualification,
    Venue,
)
from courses.rules.states import EventState
from partnerships.models import Membership

number = count(1)


def in_days(days: int, hour: int = 9, minute: int = 30) -> datetime:
    """A local time so many days from today; negative is past."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def course(
    *, outcomes: Iterable[str] = (), requires: Iterable[Course] = (), **fields: Any
) -> Course:
    """A published six-hour course for everyone."""
    which = next(number)
    defaults: dict[str, Any] = {
        "reference": f"CO-{which}",
        "slug": f"course-{which}",
        "title": f"Working together {which}",
        "minutes": 360,
        "aims": "To know what to do when worried about a child.",
    }
    made: Course = Course.objects.create(**defaults | fields)
    for position, text in enumerate(outcomes, 1):
        LearningOutcome.objects.create(course=made, position=position, text=text)
    for choice, before in enumerate(requires, 1):
        Prerequisite.objects.create(course=made, requires=before, choice=choice)
    return made


def venue(**fields: Any) -> Venue:
    """A building."""
    which = next(number)
    defaults: dict[str, Any] = {
        "name": f"Civic Rooms {which}",
        "address": "2 Station Road",
        "postcode": "AB1 3EF",
        "access_notes": "Step-free.",
    }
    made: Venue = Venue.objects.create(**defaults | fields)
    return made


def trainer(*, membership: Membership | None = None, **fields: Any) -> Trainer:
    """Someone of the training pool; signs in where a membership is given."""
    name = str(membership) if membership else f"Trainer {next(number)}"
    made: Trainer = Trainer.objects.create(membership=membership, **{"name": name} | fields)
    return made


def trainer_qualification(
    *, trainer: Trainer, expires_on: date | None = None, **fields: Any
) -> TrainerQualification:
    """Something that a trainer has completed."""
    defaults: dict[str, Any] = {"name": "Training for trainers", "gained_on": date(2024, 1, 15)}
    made: TrainerQualification = TrainerQualification.objects.create(
        trainer=trainer, expires_on=expires_on, **defaults | fields
    )
    return made


def programme(*, starts_on: date, ends_on: date, **fields: Any) -> Programme:
    """An annual plan."""
    made: Programme = Programme.objects.create(
        starts_on=starts_on, ends_on=ends_on, **{"title": "Training programme"} | fields
    )
    return made


def event(
    *,
    course: Course | None = None,
    starts_at: datetime | None = None,
    days: int = 1,
    hours: int = 6,
    capacity: int = 20,
    trainers: Iterable[Trainer] = (),
    state: EventState = EventState.PUBLISHED,
    **fields: Any,
) -> Event:
    """A published run, six weeks from now unless said otherwise, with a session on each of its days."""
    starts_at = starts_at or in_days(42)
    starts = [starts_at + timedelta(days=day) for day in range(days)]
    if state is EventState.CANCELLED:
        fields = {
            "cancelled_at": timezone.now(),
            "cancelled_reason": "The trainer is ill.",
        } | fields
    made: Event = Event.objects.create(
        course=course or globals()["course"](),
        starts_at=starts_at,
        ends_at=starts[-1] + timedelta(hours=hours),
        capacity=capacity,
        state=state,
        **{"reference": f"EV-{next(number)}"} | fields,
    )
    for position, start in enumerate(starts, 1):
        Session.objects.create(
            event=made, position=position, starts_at=start, ends_at=start + timedelta(hours=hours)
        )
    for each in trainers:
        EventTrainer.objects.create(event=made, trainer=each)
    return made
