"""Everything that the eligibility rule asks about an event and a person, read in one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from django.db.models import Q

from bookings.models import Booking, ChargingPolicy, WaitingListEntry
from bookings.rules.eligibility import Applicant, CourseRequired, EventOnOffer, Group
from bookings.rules.restriction import Restricted
from bookings.rules.states import CAN_BE_CANCELLED, ONE_A_PERSON, ApprovalMode, UnknownGroup
from bookings.terms.restrictions import restricted_on
from courses.models import Course, Event, TrainingRecord
from courses.models import Prerequisite as PrerequisiteRow
from courses.rules.states import EventState, GroupPolicy
from govuk.rules.phrases import listed
from partnerships.models import Employment, EmploymentState, Membership, WorkforceGroup
from tenancy import kept


def groups_for(course: Course) -> dict[int, Group]:
    """The partnership's groups by id, numbered from 1 without gaps; none if the course is for everyone."""
    return {} if course.group_id is None else dict(groups_in_order())


@kept
def groups_in_order() -> tuple[tuple[int, Group], ...]:
    """Every group with its id, the lowest first."""
    rows = WorkforceGroup.objects.order_by("position", "pk").values_list("pk", "code", "name")
    return tuple((pk, Group(code, name, order)) for order, (pk, code, name) in enumerate(rows, 1))


def event_on_offer(
    event: Event,
    policy: ChargingPolicy,
    groups: dict[int, Group],
    *,
    left: int,
) -> EventOnOffer:
    """The event as the rule sees it; until when cancelling is free depends on the employer."""
    course = event.course
    target = (groups[course.group_id],) if course.group_id in groups else ()
    return EventOnOffer(
        state=EventState(event.state),
        starts_at=event.starts_at,
        places_left=left,
        bookings_close_at=event.closes_at,
        target_groups=target,
        group_policy=GroupPolicy(course.group_policy),
        prerequisites=prerequisites_of(course.pk),
        approval=ApprovalMode(policy.approval),
        unknown_group=UnknownGroup(policy.unknown_group),
    )


@kept
def prerequisites_of(course: int) -> tuple[CourseRequired, ...]:
    """What has to come first. Alternatives are named together, and evidence of an equivalent is accepted (W41)."""
    rows = (
        PrerequisiteRow.objects.filter(course=course)
        .order_by("choice", "pk")
        .values_list("choice", "requires__reference", "requires__title")
    )
    found = []
    for _, alternatives in groupby(rows, key=itemgetter(0)):
        courses = list(alternatives)
        found.append(
            CourseRequired(
                course="|".join(reference for _, reference, _ in courses),
                title=listed([title for _, _, title in courses], "or"),
                evidence_accepted=True,
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class PersonFacts:
    """What is known about a person, whichever employer the booking is for."""

    completed: frozenset[str]
    already_booked: bool
    already_waiting: bool
    overlapping: tuple[str, ...]
    submissions: frozenset[str]  # of the forms that made a booking for this event
    restricted: Restricted | None = None


def person_facts(
    membership: Membership,
    event: Event,
    prerequisites: Iterable[CourseRequired],
    *,
    today: date,
    somebody_waits: bool = True,
) -> PersonFacts:
    """Read once per person and event. If no one is waiting (``somebody_waits``), the waiting list is not read."""
    needed = tuple(prerequisites)
    here = Q(event=event)
    at_the_same_time = Q(
        state__in=sorted(CAN_BE_CANCELLED),
        event__starts_at__lt=event.ends_at,
        event__ends_at__gt=event.starts_at,
    )
    rows = Booking.objects.filter(here | at_the_same_time, membership=membership)
    held = list(rows.values_list("event", "state", "submission", "event__course__title"))
    own_entries = WaitingListEntry.objects.open().filter(event=event, membership=membership)
    return PersonFacts(
        completed=choices_met(membership, needed) if needed else frozenset(),
        already_booked=any(
            where == event.pk and state in ONE_A_PERSON for where, state, *_ in held
        ),
        already_waiting=somebody_waits and own_entries.exists(),
        overlapping=tuple(title for where, _, _, title in held if where != event.pk),
        submissions=frozenset(form for where, _, form, _ in held if where == event.pk and form),
        restricted=restricted_on(membership, today),
    )


def choices_met(membership: Membership, prerequisites: Iterable[CourseRequired]) -> frozenset[str]:
    """The prerequisites of which at least one alternative was completed."""
    records = TrainingRecord.objects.filter(membership=membership, course__isnull=False)
    done = set(records.values_list("course__reference", flat=True))
    return frozenset(each.course for each in prerequisites if done & set(each.course.split("|")))


def applicant(
    person: PersonFacts,
    employment: Employment,
    groups: dict[int, Group],
    *,
    manager_approved: bool,
    name: str = "",
) -> Applicant:
    """The person in one job, as the rule sees them; ``name`` if someone else reads the reasons."""
    return Applicant(
        group=groups.get(employment.group_id or 0),
        agency_confirmed=employment.state == EmploymentState.CONFIRMED,
        completed=person.completed,
        already_booked=person.already_booked,
        already_waiting=person.already_waiting,
        overlapping=person.overlapping,
        manager_approved=manager_approved,
        name=name,
        restricted=person.restricted,
    )


def employments_of(membership: Membership, today: date) -> list[Employment]:
    """The jobs that someone may book from, without refused ones."""
    rows = Employment.objects.filter(membership=membership).jobs_on(today)
    return list(rows.select_related("agency"))
