"""My learning: what is coming, what is asked, what is required and what is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.transaction import non_atomic_requests
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bookings.access import approval_token, offer_token
from bookings.models import Booking
from bookings.terms.restrictions import with_restriction
from competencies.access import ANSWERS_FOR_STAFF
from competencies.reports.learning import (
    Bookings,
    OnWaitingList,
    bookings_about,
    certificates_in_doubt,
    completed_courses,
    records_of,
    surveys_to_answer,
    waiting_of,
)
from competencies.reports.pathways import NextEvents, Way, first_date, open_dates, ways_of
from competencies.rules.pathway import Step
from competencies.rules.standing import RequirementStanding
from competencies.terms.people import roles_held, with_work
from competencies.terms.standing import Stand, completions, requirements, stands_of
from courses.models import Course, Event
from courses.rules.states import RecordSource
from evaluation.access import survey_token
from partnerships.access import MemberRequest, member
from partnerships.models import Membership
from partnerships.spreadsheets import csv_response

PER_PAGE = 30
COLUMNS: dict[str, Callable[[Any], Any]] = {  # of a training record with its certificate
    "completed": lambda row: row.completed_on,
    "title": lambda row: row.title,
    "provider": lambda row: row.provider,
    "minutes": lambda row: row.minutes,
    "source": lambda row: RecordSource(row.source).label,
    "course": lambda row: row.course.reference if row.course else "",
    "certificate": lambda row: row.certificate,
}


@member
@non_atomic_requests
def my_learning(request: MemberRequest) -> HttpResponse:
    """Everything about the reader's own learning on one page."""
    now = timezone.now()
    today = timezone.localdate(now)
    own = Membership.objects.filter(pk=request.membership.pk)
    person = with_restriction(with_work(own, today), today).get()
    records = records_of(person)
    held = roles_held(person)
    stands = stands_of(person, requirements(), completions(records), today)
    ways = ways_of(held, completed_courses(records), today)
    dates = open_dates(courses_to_take(stands, ways), now)
    bookings = bookings_about(person, now)
    booked = places_booked(bookings.own)
    context = {
        "person": person,
        "now": now,
        "held": held,
        "needs": [need(stand, dates, booked) for stand in stands],
        "ways": [way_ahead(way, dates, booked) for way in ways],
        "records": Paginator(records, PER_PAGE).get_page(request.GET.get("page")),
        "certificates_in_doubt": certificates_in_doubt(person),
        "answers_for_staff": any(request.membership.may(each) for each in ANSWERS_FOR_STAFF),
        **waiting_for_me(person, bookings, now),
    }
    return render(request, "competencies/my_learning.html", context)


def waiting_for_me(person: Membership, bookings: Bookings, now: datetime) -> dict[str, Any]:
    """What someone has booked, and what they are asked to answer, with the links from the emails."""
    waiting = waiting_of(person, now)
    surveys = surveys_to_answer(person)
    return {
        "bookings": [(row, row.cancelling(now)) for row in bookings.own],
        "approvals": [(row, approval_token(row)) for row in bookings.to_approve],
        "offers": [(one, token_of(one)) for one in waiting if one.offer],
        "waiting": [one for one in waiting if not one.offer],
        "surveys": [(row, survey_token(row)) for row in surveys],
    }


def token_of(waiting: OnWaitingList) -> str:
    """The link to the offer that someone on a waiting list holds."""
    return offer_token(waiting.offer) if waiting.offer else ""


@dataclass(frozen=True)
class Need:
    """One requirement, the place booked to meet it, and the next date on which it can be met."""

    stand: Stand
    booking: Booking | None
    event: Event | None

    @property
    def open(self) -> bool:
        """Whether there is anything to do about it."""
        return self.stand.standing is not RequirementStanding.CURRENT


Booked = dict[int, Booking]


def places_booked(bookings: Iterable[Booking]) -> Booked:
    """The first place held for each course."""
    found: Booked = {}
    for booking in bookings:
        found.setdefault(booking.event.course_id, booking)
    return found


def need(stand: Stand, dates: NextEvents, booked: Booked) -> Need:
    """With the place that is booked, or a date if one is needed."""
    held = next((booked[each] for each in stand.course_ids if each in booked), None)
    return Need(stand, held, first_date(stand.course_ids, dates))


@dataclass(frozen=True)
class Ahead:
    """One step still to take: the course, the place booked, and the next date that has places."""

    step: Step
    course: Course
    booking: Booking | None
    event: Event | None


@dataclass(frozen=True)
class WayAhead:
    """A pathway as the page shows it."""

    way: Way
    next: Ahead | None
    remaining: list[Ahead]
    optional: list[Ahead]


def way_ahead(way: Way, dates: NextEvents, booked: Booked) -> WayAhead:
    """Steps with courses and dates; the next one is separate from the rest."""

    def ahead(step: Step) -> Ahead:
        course = int(step.course)
        return Ahead(step, way.courses[step.course], booked.get(course), dates.get(course))

    found = way.progress
    return WayAhead(
        way=way,
        next=ahead(found.next) if found.next else None,
        remaining=[ahead(step) for step in found.remaining if step != found.next],
        optional=[ahead(step) for step in found.optional],
    )


def courses_to_take(stands: list[Stand], ways: list[Way]) -> set[int]:
    """Ids of the courses that someone might take next."""
    wanted = {
        each
        for stand in stands
        if stand.standing is not RequirementStanding.CURRENT
        for each in stand.course_ids
    }
    for way in ways:
        steps = (*way.progress.remaining, *way.progress.optional)
        wanted.update(int(step.course) for step in steps)
    return wanted


@member
@non_atomic_requests
def my_records_csv(request: MemberRequest) -> HttpResponse:
    """The reader's own training record as a CSV file, for example for a new employer."""
    rows = records_of(request.membership)
    return csv_response("training-record.csv", COLUMNS, rows)
