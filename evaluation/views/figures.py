"""Attendance as pages show it: cells of tables, and charts that state the finding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from bookings.rules.metrics import Rate, Turnout
from evaluation.reports.attendance import AttendanceFigures, Line, event_turnout
from govuk.charts import Bar, BarChart
from govuk.components import Column
from govuk.rules.phrases import short_date

BARS = 10  # no one reads a longer chart; the table below has them all
NUMBERS = ("Booked", "Cancelled", "Did not come", "Walk-ins")
RATES = ("Attendance", "No-show")


def percent(rate: Rate) -> str:
    """93.1%, or a dash if there is nothing to divide by."""
    return "–" if rate.percent is None else f"{rate.percent}%"


def headings(first: str, *more: str, capacity: bool) -> list[Any]:
    """Headings of a table of turnouts; numbers are aligned right."""
    room = ("Places", "Fill") if capacity else ()
    return [first, *(Column(text, numeric=True) for text in (*more, *NUMBERS, *RATES, *room))]


def cells(turnout: Turnout, *, capacity: bool) -> list[str]:
    """The numbers and rates of a line."""
    numbers = (turnout.bookings, turnout.cancelled, turnout.no_shows, turnout.walk_ins)
    rates = [percent(turnout.attendance_of_live), percent(turnout.no_show_of_live)]
    room = [f"{turnout.capacity:,}", percent(turnout.fill)] if capacity else []
    return [*(f"{number:,}" for number in numbers), *rates, *room]


def course_rows(lines: Iterable[Line], query: str, *, capacity: bool) -> list[list[Any]]:
    """Courses, each leading to its own page."""
    return [
        [
            format_html(
                '<a class="govuk-link" href="{}{}">{}</a>',
                reverse("insight_course", args=[line.key]),
                query,
                line.name,
            ),
            line.events,
            *cells(line.turnout, capacity=capacity),
        ]
        for line in lines
    ]


def agency_rows(lines: Iterable[Line]) -> list[list[Any]]:
    """Agencies, without fill, because no places belong to one agency."""
    return [[line.name, *cells(line.turnout, capacity=False)] for line in lines]


def sector_rows(lines: Iterable[Line]) -> list[list[Any]]:
    return [[line.name, *cells(line.turnout, capacity=False)] for line in lines]


def event_rows(events: Iterable[Any], *, capacity: bool, course: bool = True) -> list[list[Any]]:
    """Events, each leading to its own page."""
    rows = []
    for event in events:
        day = short_date(timezone.localdate(event.ends_at))
        text = f"{event.course.title}, {day}" if course else day
        link = format_html(
            '<a class="govuk-link" href="{}">{}</a>',
            reverse("insight_event", args=[event.reference]),
            text,
        )
        rows.append([link, *cells(event_turnout(event, has_capacity=capacity), capacity=capacity)])
    return rows


def turnout_facts(turnout: Turnout, *, capacity: bool) -> list[tuple[str, str]]:
    """The headline and every rate with its parts."""
    came = f"{turnout.attended:,}"
    if turnout.walk_ins:
        came += f", including {turnout.walk_ins:,} without a booking"
    facts = [
        ("People who came", came),
        ("Attendance, of bookings not cancelled", turnout.attendance_of_live.wording),
        ("Attendance, of all bookings made", turnout.attendance_of_all.wording),
        ("Did not come, of bookings not cancelled", turnout.no_show_of_live.wording),
        ("Did not come, of all bookings made", turnout.no_show_of_all.wording),
        ("Cancelled", Rate(turnout.cancelled, turnout.bookings).wording),
    ]
    if capacity:
        facts.insert(1, ("Places filled", turnout.fill.wording))
    return facts


def attendance_chart(found: AttendanceFigures) -> BarChart:
    """Share of bookings that were attended, for the courses with most of them."""
    total, shown = found.total.turnout, found.courses[:BARS]
    finding = (
        f"Of {total.live:,} bookings that were not cancelled, {total.booked_attended:,} were attended "
        f"({percent(total.attendance_of_live)}). Walk-ins are not counted here."
        if total.live
        else "There are no bookings in this period that were not cancelled."
    )
    return BarChart(
        title="Bookings attended, by course"
        + (f" ({BARS} with the most bookings)" if len(found.courses) > BARS else ""),
        finding=finding,
        bars=[rate_bar(line.name, line.turnout.attendance_of_live) for line in shown],
        maximum=100,
        label_heading="Course",
        value_heading="Attended, of bookings not cancelled",
    )


def rate_bar(label: str, rate: Rate) -> Bar:
    """A share with its parts printed next to it."""
    value = None if rate.percent is None else float(rate.percent)
    return Bar(label, value, text=rate.wording)
