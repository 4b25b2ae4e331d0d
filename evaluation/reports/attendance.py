"""Fill, attendance and no-shows: counted in the database, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from bookings.models import Booking
from bookings.rules.metrics import Turnout, combined
from bookings.rules.states import WAS_PRESENT, BookingState
from courses.models import Event
from evaluation.reports.slices import Slice
from partnerships.models import sectors

SECTOR_NOT_KNOWN = "Not known"

# Left out of every share: no one approved them, or the partnership cancelled the event.
NEVER_STOOD = (BookingState.PENDING, BookingState.DECLINED, BookingState.EVENT_CANCELLED)
GIVEN_BACK = (BookingState.CANCELLED, BookingState.LATE_CANCELLED)


def counts(path: str = "", wanted: Q | None = None) -> dict[str, Count]:
    """What a turnout is made of, counted from bookings, or from rows that reach them by ``path``.

    The one place that says which states count as what; ``wanted`` narrows it to some bookings.
    """

    def number(*, walk_in: bool, states: Iterable[str]) -> Count:
        which = {f"{path}walk_in": walk_in, f"{path}state__in": sorted(states)}
        return Count(f"{path}pk", filter=Q(**which) & (wanted or Q()))

    return {
        "bookings": number(walk_in=False, states=set(BookingState) - set(NEVER_STOOD)),
        "cancelled": number(walk_in=False, states=GIVEN_BACK),
        "no_shows": number(walk_in=False, states=[BookingState.NO_SHOW]),
        "walk_ins": number(walk_in=True, states=WAS_PRESENT),
    }


NUMBERS = tuple(counts())
NOBODY = Turnout(capacity=0, bookings=0, cancelled=0, no_shows=0)


@dataclass(frozen=True)
class Line:
    """The turnout of one course, agency or sector; ``events`` is 0 if it is not counted."""

    name: str
    key: str
    turnout: Turnout
    events: int = 0


@dataclass(frozen=True)
class AttendanceFigures:
    """Everything that the attendance part of a report prints. ``has_capacity``: fill can be shown.

    ``events`` are all events of the period, even those to which the chosen agencies sent no one.
    """

    events: int
    total: Line
    courses: tuple[Line, ...]
    agencies: tuple[Line, ...]
    sectors: tuple[Line, ...]
    has_capacity: bool


def attendance(chosen: Slice) -> AttendanceFigures:
    """By course, agency and sector. Two queries."""
    seats = list(
        chosen.events()
        .order_by()
        .values("course_id", "course__title", "course__slug")
        .annotate(seats=Sum("capacity"), number=Count("pk"))
    )
    cells: list[Any] = list(
        bookings_of(chosen)
        .values("event__course_id", "agency_id", "agency__name", "sector")
        .annotate(**counts())
    )
    has_capacity = not chosen.of_some_agencies
    by_course = grouped(cells, lambda cell: cell["event__course_id"])
    courses = [
        Line(
            row["course__title"],
            row["course__slug"],
            replace(
                by_course.get(row["course_id"], NOBODY),
                capacity=row["seats"] if has_capacity else 0,
            ),
            row["number"],
        )
        for row in seats
        if has_capacity or row["course_id"] in by_course
    ]
    called = {one.code: one.name for one in sectors()}
    names = {cell["agency_id"]: cell["agency__name"] for cell in cells}
    agencies = grouped(cells, lambda cell: cell["agency_id"])
    by_sector = grouped(cells, lambda cell: cell["sector"])
    total = Line(
        "All", "", combined(line.turnout for line in courses), sum(one.events for one in courses)
    )
    return AttendanceFigures(
        events=sum(row["number"] for row in seats),
        total=total,
        courses=in_order(courses),
        agencies=in_order([Line(names[pk], str(pk), one) for pk, one in agencies.items()]),
        sectors=in_order(
            [
                Line(called.get(code, code) or SECTOR_NOT_KNOWN, code, one)
                for code, one in by_sector.items()
            ]
        ),
        has_capacity=has_capacity,
    )


def bookings_of(chosen: Slice) -> QuerySet[Booking]:
    """The bookings of the slice: its events, its agencies."""
    found: QuerySet[Booking] = Booking.objects.order_by().filter(event__in=chosen.events())
    if chosen.agency is not None:
        found = found.filter(agency=chosen.agency)
    return found.filter(sector=chosen.sector) if chosen.sector else found


def grouped(
    cells: list[dict[str, Any]], key: Callable[[dict[str, Any]], Any]
) -> dict[Any, Turnout]:
    """The cells added up by a key."""
    found: dict[Any, list[Turnout]] = {}
    for cell in cells:
        found.setdefault(key(cell), []).append(turnout_of(cell))
    return {name: combined(ones) for name, ones in found.items()}


def turnout_of(cell: dict[str, Any], capacity: int = 0) -> Turnout:
    """The counts of a row of the database."""
    return Turnout(capacity=capacity, **{name: cell[name] for name in NUMBERS})


def in_order(lines: list[Line]) -> tuple[Line, ...]:
    """The lines with the most bookings first."""
    return tuple(sorted(lines, key=lambda line: (-line.turnout.bookings, line.name)))


def events_with_turnout(chosen: Slice) -> QuerySet[Event]:
    """The events, the latest first, each with its counts."""
    wanted = Q()
    if chosen.agency is not None:
        wanted &= Q(bookings__agency=chosen.agency)
    if chosen.sector:
        wanted &= Q(bookings__sector=chosen.sector)
    return (
        chosen.events()
        .select_related("course")
        .order_by("-ends_at", "-pk")
        .annotate(**{f"turnout_{name}": one for name, one in counts("bookings__", wanted).items()})
    )


def event_turnout(event: Any, *, has_capacity: bool = True) -> Turnout:
    """The counts of one event of :func:`events_with_turnout`."""
    counted = {name: getattr(event, f"turnout_{name}") for name in NUMBERS}
    return Turnout(capacity=event.capacity if has_capacity else 0, **counted)
