"""My agency, for its lead and for line managers: staff, standing, bookings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from bookings.access import agencies_answered_for
from bookings.models.booking import BookingQuerySet
from competencies.access import (
    ANSWERS_FOR_STAFF,
    SEES_SINGLE_PEOPLE,
    jobs_of_staff,
    staff_of,
    vouches_for,
)
from competencies.forms.staff import StaffFilter
from competencies.reports.learning import bookings_ahead, completed_courses, records_of
from competencies.reports.pathways import open_dates, ways_of
from competencies.reports.staff import StaffMember, compliance, staff_list, staff_rate
from competencies.terms.people import roles_held, with_work
from competencies.terms.standing import Stand, completions, requirements, stands_of
from competencies.views.my_learning import courses_to_take, need, places_booked, way_ahead
from partnerships.access import MemberRequest, requires
from partnerships.models import Membership
from partnerships.models.people import EmploymentQuerySet
from partnerships.reports import people_to_answer_for
from partnerships.rules.roles import Permission
from partnerships.spreadsheets import csv_response

PER_PAGE = 30
# For a person and one requirement; None if nothing is required.
STAFF_COLUMNS: dict[str, Callable[[tuple[StaffMember, Stand | None]], Any]] = {
    "name": lambda row: row[0].person.user.full_name,
    "email": lambda row: row[0].person.user.email,
    "agency": lambda row: "; ".join(job["agency"] for job in row[0].jobs),
    "job": lambda row: "; ".join(job["title"] for job in row[0].jobs),
    "group": lambda row: "; ".join(job["group_name"] or "" for job in row[0].jobs),
    "roles": lambda row: "; ".join(row[0].roles),
    "requirement": lambda row: row[1] and row[1].row.title,
    "standing": lambda row: row[1] and row[1].standing.label,
    "due": lambda row: row[1] and row[1].position.due_on,
    "last_completed": lambda row: row[1] and row[1].position.last_on,
}


@requires(*ANSWERS_FOR_STAFF)
@non_atomic_requests
def agency(request: MemberRequest) -> HttpResponse:
    """The staff that the reader answers for, and how up to date they are."""
    today = timezone.localdate()
    jobs = jobs_of_staff(request.membership, today)
    form = staff_filter(request, jobs)
    staff = staff_list(jobs, today, form.wanted)
    page = Paginator(staff, PER_PAGE).get_page(request.GET.get("page"))
    leads = request.membership.may(Permission.ANSWER_FOR_AGENCY)
    context = {
        "form": form,
        "page": page,
        "compliance": compliance(staff),
        "rate": staff_rate(staff),
        "query": query_of(request),
        "leads": leads,
        "pending": people_to_answer_for(request.membership, today) if leads else 0,
    }
    return render(request, "competencies/agency.html", context)


@requires(*ANSWERS_FOR_STAFF)
@non_atomic_requests
def staff_csv(request: MemberRequest) -> HttpResponse:
    """The same list, with a line for each person and requirement."""
    today = timezone.localdate()
    jobs = jobs_of_staff(request.membership, today)
    staff = staff_list(jobs, today, staff_filter(request, jobs).wanted)
    rows = ((one, stand) for one in staff for stand in one.stands or (None,))
    return csv_response("staff.csv", STAFF_COLUMNS, rows)


def staff_filter(request: MemberRequest, jobs: EmploymentQuerySet) -> StaffFilter:
    """The filter, with the agencies and groups that occur. One query for both, one for requirements."""
    rows = jobs.order_by().values(
        "agency__reference", "agency__name", "group__position", "group__code", "group__name"
    )
    agencies, groups = set(), set()
    for row in rows.distinct():
        agencies.add((row["agency__name"], row["agency__reference"]))
        if row["group__code"] is not None:
            groups.add((row["group__position"], row["group__code"], row["group__name"]))
    titles = {row.code: row.title for row in requirements()}
    return StaffFilter(
        request.GET,
        group_term=request.partnership.group_term,
        agencies=[(reference, name) for name, reference in sorted(agencies)],
        groups=[(code, name) for _, code, name in sorted(groups)],
        requirements=sorted(titles.items(), key=lambda pair: pair[1]),
    )


def query_of(request: HttpRequest) -> str:
    """The filter as a query string, for the link to the file."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"?{query.urlencode()}" if query else ""


@requires(*SEES_SINGLE_PEOPLE)
@non_atomic_requests
def person(request: MemberRequest, pk: int) -> HttpResponse:
    """One person of the staff: requirements, pathway, bookings, record."""
    now = timezone.now()
    today = timezone.localdate(now)
    visible = staff_of(request.membership, today)
    found: Any = get_object_or_404(with_work(visible, today), pk=pk)
    records = records_of(found)
    stands = stands_of(found, requirements(), completions(records), today)
    ways = ways_of(roles_held(found), completed_courses(records), today)
    dates = open_dates(courses_to_take(stands, ways), now)
    bookings = list(bookings_seen(request, found, now))
    booked = places_booked(bookings)
    context = {
        "person": found,
        "jobs": jobs_shown(request, found, today),
        "held": roles_held(found),
        "needs": [need(stand, dates, booked) for stand in stands],
        "ways": [way_ahead(way, dates, booked) for way in ways],
        "bookings": bookings,
        "records": Paginator(records, PER_PAGE).get_page(request.GET.get("page")),
        "vouches": vouches_for(request.membership, found),
        "books": books_for(request.membership, found, today),
        "answers_for_staff": any(request.membership.may(each) for each in ANSWERS_FOR_STAFF),
    }
    return render(request, "competencies/person.html", context)


def jobs_shown(request: MemberRequest, found: Any, today: date) -> list[dict[str, Any]]:
    """The jobs that concern the reader. A second employer is none of their business."""
    if request.membership.may(Permission.RUN_TRAINING):
        return list(found.jobs)
    seen = jobs_of_staff(request.membership, today).filter(membership=found)
    ids = set(seen.values_list("pk", flat=True))
    return [job for job in found.jobs if job["id"] in ids]


@requires(*ANSWERS_FOR_STAFF)
@non_atomic_requests
def agency_bookings(request: MemberRequest) -> HttpResponse:
    """What the staff have booked, the next first. Bookings that wait for someone are marked."""
    now = timezone.now()
    rows = staff_bookings(request, now)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    leads = request.membership.may(Permission.ANSWER_FOR_AGENCY)
    bookings = [(row, row.cancelling(now)) for row in page]
    context = {"page": page, "bookings": bookings, "leads": leads}
    return render(request, "competencies/agency_bookings.html", context)


def staff_bookings(request: MemberRequest, now: datetime) -> BookingQuerySet:
    """Bookings made through the jobs that the reader answers for."""
    jobs = jobs_of_staff(request.membership, timezone.localdate(now))
    return bookings_ahead(now).filter(employment__in=jobs.values("pk"))


def bookings_seen(request: MemberRequest, found: Membership, now: datetime) -> BookingQuerySet:
    """Those bookings of one person that the reader may see; all of them for the training team."""
    everything = request.membership.may(Permission.RUN_TRAINING)
    rows = bookings_ahead(now) if everything else staff_bookings(request, now)
    return rows.filter(membership=found)


def books_for(membership: Membership, found: Any, today: date) -> bool:
    """Whether someone may book places for the person: the agency's lead, the training team."""
    if membership.may(Permission.RUN_TRAINING):
        return True
    own = set(agencies_answered_for(membership, today))
    return any(job["agency_id"] in own for job in found.jobs)
