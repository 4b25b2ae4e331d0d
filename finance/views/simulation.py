"""What a version of the charging policy would have charged in the past. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.transaction import non_atomic_requests
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.models import ChargingPolicy
from bookings.rules.money import pounds
from finance.forms.simulation import SimulationForm
from finance.reports.simulation import Simulation, SimulationLine, simulation
from finance.rules.simulation import Compared
from finance.terms.versions import every_version
from govuk.charts import Bar, BarChart
from govuk.components import Column
from govuk.paging import page_of
from govuk.rules.phrases import short_date
from partnerships.access import MemberRequest, requires
from partnerships.rules.months import training_year
from partnerships.rules.roles import Permission
from partnerships.spreadsheets import csv_response
from tenancy import rulebook

BARS = 10  # no one reads a longer chart; the tables below have them all
HEADINGS = ("Bookings", "Charged", "Would have been", "Difference", "To decide")
SIMULATION_COLUMNS: dict[str, Callable[[SimulationLine], Any]] = {
    "list": lambda line: line.of,
    "name": lambda line: line.name,
    "bookings": lambda line: line.figures.bookings,
    "charged": lambda line: line.figures.charged,
    "would_have_been": lambda line: line.figures.simulated,
    "difference": lambda line: line.figures.difference,
    "to_decide": lambda line: line.figures.to_decide,
    "would_have_been_to_decide": lambda line: line.figures.simulated_to_decide,
}


@requires(Permission.MANAGE_MONEY, Permission.MANAGE_PARTNERSHIP)
@require_safe
def newest(request: MemberRequest) -> HttpResponse:
    """To the newest version, which is the draft if there is one."""
    versions = every_version()
    return redirect("simulation", versions[0].version) if versions else redirect("finance")


@requires(Permission.MANAGE_MONEY, Permission.MANAGE_PARTNERSHIP)
@non_atomic_requests
@require_safe
@rulebook()
def simulate(request: MemberRequest, version: int) -> HttpResponse:
    """One version and one period: totals, a chart, and each agency, sector and course."""
    policy = version_or_404(version)
    form = form_of(request)
    first, last = form.period
    found = simulation(policy, first, last)
    period = f"{short_date(first)} to {short_date(last)}"
    pages = {
        name: page_of(lines, request.GET.get(name))[0]
        for name, lines in (("agencies", found.agencies), ("courses", found.courses))
    }
    context = {
        "policy": policy,
        "versions": [one.version for one in every_version()],
        "form": form,
        "period": period,
        "found": found,
        "facts": facts_of_simulation(found.total),
        "chart": chart_of(found, version),
        "tables": [
            ("By sector", headings("Sector"), cells_of(found.sectors), None, ""),
            (
                "By agency",
                headings("Agency"),
                cells_of(pages["agencies"]),
                pages["agencies"],
                "agencies",
            ),
            (
                "By course",
                headings("Course"),
                cells_of(pages["courses"]),
                pages["courses"],
                "courses",
            ),
        ],
    }
    return render(request, "finance/simulation.html", context)


@requires(Permission.MANAGE_MONEY, Permission.MANAGE_PARTNERSHIP)
@non_atomic_requests
@require_safe
@rulebook()
def simulation_csv(request: MemberRequest, version: int) -> HttpResponse:
    """The same lists as a file."""
    policy = version_or_404(version)
    found = simulation(policy, *form_of(request).period)
    return csv_response(f"simulation-{version}.csv", SIMULATION_COLUMNS, found.lines)


def version_or_404(version: int) -> ChargingPolicy:
    found = next((one for one in every_version() if one.version == version), None)
    if found is None:
        raise Http404
    return found


def form_of(request: MemberRequest) -> SimulationForm:
    """The period asked for; the present training year if none is."""
    start_month = request.partnership.training_year_start_month
    return SimulationForm(request.GET, year=training_year(timezone.localdate(), start_month))


def headings(first: str) -> list[Any]:
    return [first, *(Column(text, numeric=True) for text in HEADINGS)]


def cells_of(lines: Iterable[SimulationLine]) -> list[list[str]]:
    return [[line.name, *figures_of(line.figures)] for line in lines]


def figures_of(one: Compared) -> list[str]:
    """The numbers of a line. “To decide” shows both counts, because they add nothing to the amounts."""
    decisions = f"{one.to_decide:,}, would have been {one.simulated_to_decide:,}"
    return [
        f"{one.bookings:,}",
        pounds(one.charged),
        pounds(one.simulated),
        more_or_less(one),
        decisions if one.to_decide or one.simulated_to_decide else "0",
    ]


def more_or_less(one: Compared) -> str:
    """£40.00 more, £40.00 less, or no difference."""
    if not one.difference:
        return "None"
    return f"{pounds(abs(one.difference))} {'more' if one.difference > 0 else 'less'}"


def facts_of_simulation(total: Compared) -> list[tuple[str, str]]:
    bookings, charged, simulated, difference, _ = figures_of(total)
    return [
        ("Bookings that ended", bookings),
        ("Charged", charged),
        ("Would have been charged", simulated),
        ("Difference", difference),
        ("Left for a person to decide", f"{total.to_decide:,}"),
        ("Would have been left to decide", f"{total.simulated_to_decide:,}"),
    ]


def chart_of(found: Simulation, version: int) -> BarChart:
    """The agencies for which the version makes the biggest difference."""
    changed = [line for line in found.agencies if line.figures.difference]
    return BarChart(
        title="Difference by agency"
        + (f" ({BARS} with the biggest difference)" if len(changed) > BARS else ""),
        finding=finding_of(found, version, len(changed)),
        bars=[
            Bar(line.name, float(abs(line.figures.difference)), text=more_or_less(line.figures))
            for line in changed[:BARS]
        ],
        label_heading="Agency",
        value_heading="Difference",
    )


def finding_of(found: Simulation, version: int, changed: int) -> str:
    """What it comes to, in a sentence or two."""
    total = found.total
    told = f"Version {version} would have charged {pounds(total.simulated)}"
    if total.difference:
        told += f" instead of {pounds(total.charged)}, {more_or_less(total)}."
    else:
        told += ", the same as was charged."
    if not changed:
        return told
    return f"{told} The amount is different for {changed:,} of {len(found.agencies):,} agencies."
