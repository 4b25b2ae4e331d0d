"""One partnership of a plausible size: 40 courses, 200 upcoming dates, 40 agencies, 600 people, 2,000 bookings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, product

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.utils import timezone

from bookings.models import Booking, ChargingPolicy
from courses.models import Course, Event, EventTrainer, LearningOutcome, Session, Trainer, Venue
from courses.rules.states import EventState
from evaluation.models import EvaluationPlan, Question, Questionnaire
from evaluation.rules.states import Stage, Subscale
from partnerships.models import (
    Agency,
    AgencyFacts,
    Employment,
    EmploymentState,
    Membership,
    Partnership,
    PayerClass,
    Sector,
    User,
    WorkforceGroup,
)
from partnerships.rules.agencies import UsualPayerClass, UsualSector
from partnerships.rules.reasons import Explanation
from partnerships.rules.roles import Role
from partnerships.steps.start_lists import start_lists
from tenancy import activate
from tools.bench.money import make_money

SLUG = "bench"
COURSES, EVENTS, AGENCIES, PEOPLE = 40, 200, 40, 600
CAPACITY, BOOKED = 30, 10  # per date, so 4,000 places are left to book
SINCE = date(2020, 4, 1)
VERBS = ("Recognising", "Preventing", "Responding to", "Understanding", "Talking about")
SUBJECTS = (
    *("neglect", "exploitation", "domestic abuse", "online harm", "young carers"),
    *("self-harm", "bruising", "trafficking"),
)
TEXT = (
    "Builds the confidence to notice early, to speak up, and to work with others around a family. "
    "Mixes short talks with cases from practice, and leaves time to plan the next steps."
)


@dataclass(frozen=True)
class Filled:
    """What the measurements need to know of it."""

    partnership: Partnership
    references: tuple[str, ...]
    cookies: tuple[dict[str, str], ...]


def fill() -> Filled:
    """Write it all into an empty database; about five seconds."""
    partnership = Partnership.objects.create(
        slug=SLUG,
        name="Benchmark Safeguarding Partnership",
        short_name="Benchmark",
        contact_email="training@example.org",
        staff_second_factor_required=False,
    )
    users = make_users()
    with activate(partnership):
        policy = make_money()
        make_questions()
        employments = make_people(users)
        events = make_events(make_courses())
        make_bookings(events, employments, policy)
    return Filled(
        partnership=partnership,
        references=tuple(event.reference for event in events),
        cookies=tuple(signed_in(user) for user in users),
    )


def make_users() -> list[User]:
    """People who only sign in with :func:`signed_in`, so no password is hashed."""
    return User.objects.bulk_create(
        User(email=f"person-{n}@example.org", full_name=f"Person {n}", password="!unusable")
        for n in range(PEOPLE)
    )


def signed_in(user: User) -> dict[str, str]:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {settings.SESSION_COOKIE_NAME: str(session.session_key)}


def make_questions() -> None:
    """What people are asked when they book: four scales."""
    EvaluationPlan.objects.create()
    asked = Questionnaire.objects.create(
        stage=Stage.BASELINE, valid_from=SINCE, title="Before the course"
    )
    Question.objects.bulk_create(
        Question(
            questionnaire=asked,
            position=position,
            key=scale.value,
            text=f"How confident do you feel about {scale.label.lower()}?",
            subscale=scale,
        )
        for position, scale in enumerate(islice(Subscale, 4), 1)
    )


def make_people(users: list[User]) -> list[Employment]:
    """Everyone is a practitioner with one confirmed job."""
    groups = WorkforceGroup.objects.bulk_create(
        WorkforceGroup(code=f"g{n}", name=f"Group {n}", position=n) for n in range(1, 5)
    )
    agencies = Agency.objects.bulk_create(
        Agency(
            name=f"School {n:02}",
            reference=f"school-{n}",
            address="1 High Street",
            postcode="AB1 2CD",
            finance_email=f"finance-{n}@example.org",
        )
        for n in range(AGENCIES)
    )
    start_lists()
    partner = PayerClass.objects.get(code=UsualPayerClass.PARTNER)
    school = Sector.objects.get(code=UsualSector.MAINTAINED_SCHOOL)
    AgencyFacts.objects.bulk_create(
        AgencyFacts(agency=one, valid_from=SINCE, sector=school, payer_class=partner)
        for one in agencies
    )
    members = Membership.objects.bulk_create(
        Membership(user=user, roles=[Role.PRACTITIONER.value]) for user in users
    )
    return Employment.objects.bulk_create(  # type: ignore[no-any-return]
        Employment(
            membership=member,
            agency=agencies[n % AGENCIES],
            group=groups[2],
            job_title="Social worker",
            starts_on=SINCE,
            state=EmploymentState.CONFIRMED,
            confirmed_at=timezone.now(),
        )
        for n, member in enumerate(members)
    )


def make_courses() -> list[Course]:
    """Every verb with every subject."""
    groups = list(WorkforceGroup.objects.order_by("position"))
    courses: list[Course] = Course.objects.bulk_create(
        Course(
            reference=f"C-{n}",
            slug=f"course-{n}",
            title=f"{verb} {subject}",
            group=groups[1 + n % 3],  # next to or equal to the third, whose people book
            minutes=360,
            topics=[subject],
            audience="Everyone who works with children and families.",
            aims=TEXT,
            content="What it is\nHow to notice it\nWhat to do and whom to tell",
        )
        for n, (verb, subject) in enumerate(product(VERBS, SUBJECTS))
    )
    LearningOutcome.objects.bulk_create(
        LearningOutcome(course=course, position=n, text=f"Can explain step {n} to a colleague.")
        for course in courses
        for n in range(1, 6)
    )
    return courses


def make_events(courses: list[Course]) -> list[Event]:
    """Dates from six weeks ahead, with two trainers each, most of them in a building."""
    venues = Venue.objects.bulk_create(
        Venue(name=f"Civic Rooms {n}", address="2 Station Road", postcode="AB1 3EF")
        for n in range(10)
    )
    trainers = Trainer.objects.bulk_create(Trainer(name=f"Trainer {n}") for n in range(20))
    events: list[Event] = Event.objects.bulk_create(
        Event(
            course=courses[n % COURSES],
            reference=f"E-{n}",
            state=EventState.PUBLISHED,
            starts_at=morning(42 + n),
            ends_at=morning(42 + n) + timedelta(hours=6),
            venue=venues[n % 10],
            capacity=CAPACITY,
        )
        for n in range(EVENTS)
    )
    Session.objects.bulk_create(
        Session(event=event, starts_at=event.starts_at, ends_at=event.ends_at) for event in events
    )
    EventTrainer.objects.bulk_create(
        EventTrainer(event=event, trainer=trainers[(n + m) % 20])
        for n, event in enumerate(events)
        for m in (0, 7)
    )
    return events


def morning(days: int) -> datetime:
    """Half past nine, some days from today."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(9, 30)))


def make_bookings(
    events: list[Event], employments: list[Employment], policy: ChargingPolicy
) -> None:
    """Ten per date, for the second half of the people; the first half books while we measure."""
    now = timezone.now()
    half = employments[len(employments) // 2 :]
    Booking.objects.bulk_create(
        batch_size=500,  # a statement carries 65,535 values at most
        objs=(
            Booking(
                reference=f"B{n:04}{m:04}",
                event=event,
                membership_id=half[(n * BOOKED + m) % len(half)].membership_id,
                employment=half[(n * BOOKED + m) % len(half)],
                agency_id=half[(n * BOOKED + m) % len(half)].agency_id,
                booked_by_id=half[(n * BOOKED + m) % len(half)].membership_id,
                policy=policy,
                policy_accepted_at=now,
                free_until=event.starts_at - timedelta(days=14),
                free_until_why=Explanation(None, "").to_json(),
                booked_at=now,
                manager_declared=True,
            )
            for n, event in enumerate(events)
            for m in range(BOOKED)
        ),
    )
