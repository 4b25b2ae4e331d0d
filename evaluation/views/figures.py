"""Numbers of reports as tables and charts, each with a sentence that says the finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from bookings.rules.metrics import Rate, Turnout
from evaluation.reports.attendance import Attendance, Line, event_turnout
from evaluation.reports.ratings import Finding, Ratings
from evaluation.rules.findings import HIDDEN
from evaluation.rules.states import Stage
from evaluation.rules.statistics import Change, Moment, Summary
from govuk.charts import Bar, BarChart
from govuk.components import Column
from partnerships.rules.agencies import Sector
from partnerships.rules.wording import short_date

BARS = 10  # a longer chart is no longer read; the table below it has them all
MOMENTS = {
    Moment.BEFORE: "Before the event",
    Moment.THEN: "Before, as remembered afterwards",
    Moment.AFTER: "After the event",
    Moment.LATER: "Some months later",
}
NUMBERS = ("Booked", "Cancelled", "Did not come", "Walk-ins")
RATES = ("Attendance", "No-show")


def percent(rate: Rate) -> str:
    """93.1%, or a dash where there is nothing to take a share of."""
    return "–" if rate.percent is None else f"{rate.percent}%"


def headings(first: str, *more: str, capacity: bool) -> list[Any]:
    """Of a table of turnouts; every number is set to the right."""
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
    """Agencies: a room has no places of one agency, so there is no fill."""
    return [[line.name, *cells(line.turnout, capacity=False)] for line in lines]


def sector_rows(lines: Iterable[Line]) -> list[list[Any]]:
    """Sectors, in words."""
    return [[Sector(line.key).label, *cells(line.turnout, capacity=False)] for line in lines]


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
    """The headline, every rate with its parts."""
    came = f"{turnout.attended:,}"
    if turnout.walk_ins:
        came += f", of them {turnout.walk_ins:,} without a booking"
    facts = [
        ("People who came", came),
        ("Attendance of bookings that stood", turnout.attendance_of_live.wording),
        ("Attendance of all bookings made", turnout.attendance_of_all.wording),
        ("Did not come, of bookings that stood", turnout.no_show_of_live.wording),
        ("Did not come, of all bookings made", turnout.no_show_of_all.wording),
        ("Cancelled", Rate(turnout.cancelled, turnout.bookings).wording),
    ]
    if capacity:
        facts.insert(1, ("Places filled", turnout.fill.wording))
    return facts


def attendance_chart(found: Attendance) -> BarChart:
    """Share of bookings that were attended, for the courses with most of them."""
    total, shown = found.total.turnout, found.courses[:BARS]
    finding = (
        f"Of {total.live:,} bookings that stood, {total.booked_attended:,} were attended "
        f"({percent(total.attendance_of_live)}). Walk-ins are not counted here."
        if total.live
        else "No bookings stood in this time."
    )
    return BarChart(
        title="Bookings attended, by course"
        + (f" ({BARS} with most bookings)" if len(found.courses) > BARS else ""),
        finding=finding,
        bars=[rate_bar(line.name, line.turnout.attendance_of_live) for line in shown],
        maximum=100,
        label_heading="Course",
        value_heading="Attended of bookings that stood",
    )


def response_chart(found: Ratings) -> BarChart:
    """How many of those asked have answered, by stage."""
    rates = [(stage, rate) for stage, rate in found.responses.items()]
    after = found.responses.get(Stage.IMMEDIATE)
    return BarChart(
        title="Answers received",
        finding=f"After the event, {after.wording} of those asked have answered."
        if after
        else "Nobody has been asked after an event yet.",
        bars=[rate_bar(stage.label, rate) for stage, rate in rates],
        maximum=100,
        label_heading="Asked",
        value_heading="Answered of those asked",
    )


def rate_bar(label: str, rate: Rate) -> Bar:
    """A share with its parts printed beside it."""
    value = None if rate.percent is None else float(rate.percent)
    return Bar(label, value, text=rate.wording)


def finding_block(finding: Finding) -> dict[str, Any]:
    """One subscale: a chart of its levels and a table of its paired changes."""
    said = [shift.sentence for shift in finding.shifts]
    chart = BarChart(
        title=f"{finding.title}: mean rating",
        finding=said[0] if said else f"{finding.subscale.label}: nothing to compare yet.",
        bars=[level_bar(moment, level) for moment, level in finding.levels],
        maximum=finding.highest,
        label_heading="Rated",
        value_heading="Mean, and how many answered",
    )
    return {
        "title": finding.title,
        "chart": chart,
        "more": said[1:],
        "caption": f"{finding.title}: change of the same people",
        "rows": [[shift.label, *change_cells(shift.change)] for shift in finding.shifts],
    }


CHANGE_HEADINGS = [
    "Compared",
    *(Column(text, numeric=True) for text in ("n", "Before", "After", "Change", "95% interval")),
]


def level_bar(moment: Moment, level: Summary) -> Bar:
    """The mean with n and the number asked, or why it is not shown."""
    answered = f"n = {level.n:,} of {level.asked:,} asked"
    if level.mean is None:
        return Bar(MOMENTS[moment], None, text=f"Hidden: {HIDDEN}")
    return Bar(MOMENTS[moment], level.mean, text=f"{level.mean:.1f} ({answered})")


def change_cells(change: Change) -> Sequence[str]:
    """A line of the table; dashes where the group is too small to show."""
    if change.mean is None or change.before is None or change.after is None:
        return f"{change.n:,}", *("Hidden",) * 4
    interval = f"{signed(change.low)} to {signed(change.high)}"
    return (
        f"{change.n:,}",
        f"{change.before:.1f}",
        f"{change.after:.1f}",
        signed(change.mean),
        interval,
    )


def signed(value: float | None) -> str:
    """+0.4, a true minus sign, and no sign before 0.0."""
    text = f"{value or 0:+.1f}"
    return "0.0" if text in {"+0.0", "-0.0"} else text.replace("-", "−")
