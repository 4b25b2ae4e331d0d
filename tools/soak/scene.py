"""The people and data of the soak: the benchmark's partnership, and courses that ended yesterday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from bookings.models import Booking, ChargingPolicy
from courses.models import Course, Event, Session, Venue
from courses.rules.states import EventState
from evaluation.models import Question, Questionnaire
from evaluation.rules.states import Stage, Subscale
from partnerships.models import Employment, Membership, Partnership, User
from partnerships.rules.reasons import Explanation
from partnerships.rules.roles import Role
from tenancy import activate
from tools.bench import data

TAUGHT = 12  # people at each course that is over


@dataclass(frozen=True)
class Scene:
    """What load and count need to know."""

    partnership: Partnership
    upcoming: tuple[str, ...]
    over: tuple[str, ...]
    people: tuple[dict[str, str], ...]  # their cookies
    coordinator: dict[str, str]
    before: frozenset[str]  # bookings that no one made by asking the site


def fill(*, registers: int) -> Scene:
    """The benchmark's people, dates and questions, plus ``registers`` courses that wait to be closed."""
    filled = data.fill()
    boss = User.objects.create(
        email="coordinator@bench.example.org", full_name="Coordinator", password="!unusable"
    )
    with activate(filled.partnership):
        Membership.objects.create(user=boss, roles=[Role.COORDINATOR.value])
        asked = Questionnaire.objects.create(
            stage=Stage.IMMEDIATE, valid_from=data.SINCE, title="After the course"
        )
        Question.objects.create(
            questionnaire=asked,
            position=1,
            key="useful",
            text="How useful was it?",
            subscale=next(iter(Subscale)),
        )
        over = [past_event(number).reference for number in range(registers)]
        before = frozenset(Booking.objects.values_list("reference", flat=True))
    return Scene(
        partnership=filled.partnership,
        upcoming=filled.references,
        over=tuple(over),
        people=filled.cookies,
        coordinator=data.signed_in(boss),
        before=before,
    )


def past_event(number: int) -> Event:
    """Taught yesterday, with people who had booked weeks ago."""
    starts = data.morning(-1)
    event: Event = Event.objects.create(
        course=Course.objects.order_by("pk")[number % data.COURSES],
        reference=f"PAST-{number}",
        state=EventState.PUBLISHED,
        starts_at=starts,
        ends_at=starts + timedelta(hours=6),
        venue=Venue.objects.first(),
        capacity=TAUGHT,
    )
    Session.objects.create(event=event, starts_at=event.starts_at, ends_at=event.ends_at)
    jobs = list(Employment.objects.order_by("pk")[number % 50 : number % 50 + TAUGHT])
    Booking.objects.bulk_create(
        Booking(
            reference=f"P{number:04}{place:04}",
            event=event,
            membership_id=job.membership_id,
            employment=job,
            agency_id=job.agency_id,
            booked_by_id=job.membership_id,
            policy=ChargingPolicy.objects.first(),
            policy_accepted_at=timezone.now(),
            free_until=starts - timedelta(days=14),
            free_until_why=Explanation(None, "").to_json(),
            booked_at=timezone.now(),
            manager_declared=True,
        )
        for place, job in enumerate(jobs)
    )
    return event
