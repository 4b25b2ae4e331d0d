"""Financial years: the year end, income against cost, contributions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from bookings.rules.money import NOTHING
from finance.forms.years import ContributionForm, YearFilter
from finance.models import Contribution
from finance.operations.enter_contribution import ContributionEntry, enter_contribution
from finance.operations.remove_contribution import remove_contribution
from finance.reports.contributions import (
    GIVEN_COLUMNS,
    contributions_of,
    given_in,
    years_with_contributions,
)
from finance.reports.costs import RESULT_COLUMNS, event_results, years_with_events
from finance.reports.year_end import YEAR_COLUMNS, year_end, years_with_money
from finance.rules.costs import CostResult
from finance.rules.debt import AgeBand
from finance.rules.years import FinancialYear
from finance.views.overview import done
from govuk.paging import page_of
from partnerships.access import MemberRequest, requires
from partnerships.rules.roles import Permission
from partnerships.spreadsheets import csv_response


@requires(Permission.MANAGE_MONEY)
def year_end_page(request: MemberRequest) -> HttpResponse:
    """One financial year by agency, and the debts at its end by age."""
    today = timezone.localdate()
    form = YearFilter(request.GET, years=years_with_money(today))
    year = form.wanted
    *rows, together = year_end(year, today)
    context = {
        "form": form,
        "year": year,
        "until": year.reached_by(today),
        "bands": list(AgeBand),
        "rows": rows,
        "together": together,
    }
    return render(request, "finance/year_end.html", context)


@requires(Permission.MANAGE_MONEY)
def year_end_csv(request: MemberRequest) -> HttpResponse:
    """The same as a file."""
    today = timezone.localdate()
    year = YearFilter(request.GET, years=years_with_money(today)).wanted
    return csv_response(f"year-end-{year.begins}.csv", YEAR_COLUMNS, year_end(year, today))


@requires(Permission.MANAGE_MONEY, Permission.RUN_TRAINING)
def income_and_cost(request: MemberRequest) -> HttpResponse:
    """What the events of a year brought in and cost."""
    form = YearFilter(request.GET, years=years_with_events(timezone.localdate()))
    found = event_results(form.wanted)
    page, problem = page_of(found, request.GET.get("page"))
    context = {
        "form": form,
        "year": form.wanted,
        "page": page,
        "page_problem": problem,
        "together": sum((row.result for row in found), CostResult()),
    }
    return render(request, "finance/income_and_cost.html", context)


@requires(Permission.MANAGE_MONEY, Permission.RUN_TRAINING)
def income_and_cost_csv(request: MemberRequest) -> HttpResponse:
    """The same as a file."""
    year = YearFilter(request.GET, years=years_with_events(timezone.localdate())).wanted
    name = f"income-and-cost-{year.begins}.csv"
    return csv_response(name, RESULT_COLUMNS, event_results(year))


@requires(Permission.MANAGE_MONEY)
def contributions(request: MemberRequest) -> HttpResponse:
    """What agencies gave in a year, and the form for money."""
    today = timezone.localdate()
    years = years_with_contributions(today)
    chosen = YearFilter(request.GET, years=years)
    year = chosen.wanted
    offered = [FinancialYear(years[0].begins + 1), *years]
    form = ContributionForm(request.POST or None, initial={"year": year.begins}, years=offered)
    made = done(request, form, lambda: entered(request, form))
    if made is not None:
        messages.success(request, f"The contribution of {made.agency} has been entered.")
        return redirect(f"{request.path}?year={made.year}")
    given = given_in(year, timezone.now())
    context = {
        "filter": chosen,
        "form": form,
        "year": year,
        "given": given,
        "money": sum((row.money for row in given), NOTHING),
        "days": sum((row.days for row in given), NOTHING),
        "entries": contributions_of(year),
    }
    return render(request, "finance/contributions.html", context)


def entered(request: MemberRequest, form: ContributionForm) -> Contribution:
    """The contribution as typed."""
    said = form.cleaned_data
    entry = ContributionEntry(
        agency=said["agency"],
        year=FinancialYear(said["year"]),
        amount=said["amount"],
        note=said["note"],
        key=said["entry_key"],
    )
    return enter_contribution(entry=entry, by=request.membership, at=timezone.now())


@requires(Permission.MANAGE_MONEY)
@require_POST
def remove_contribution_of(request: MemberRequest, pk: int) -> HttpResponse:
    """Remove one that was entered by mistake."""
    found = get_object_or_404(Contribution.objects.select_related("agency"), pk=pk)
    remove_contribution(contribution=found)
    messages.success(request, f"The contribution of {found.agency} has been removed.")
    return redirect("contributions")


@requires(Permission.MANAGE_MONEY)
def contributions_csv(request: MemberRequest) -> HttpResponse:
    """What agencies gave in a year, as a file."""
    year = YearFilter(request.GET, years=years_with_contributions(timezone.localdate())).wanted
    name = f"contributions-{year.begins}.csv"
    return csv_response(name, GIVEN_COLUMNS, given_in(year, timezone.now()))
