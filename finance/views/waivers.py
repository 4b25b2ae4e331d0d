"""What was waived, by agency and reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bookings.rules.money import NOTHING
from finance.forms.waivers import WaiverPeriodForm
from finance.reports.waivers import WAIVER_COLUMNS, by_agency_and_reason, waivers_between
from finance.views.asking import DECIDES
from partnerships.access import MemberRequest, requires
from partnerships.rules.months import training_year
from partnerships.spreadsheets import csv_response


@requires(*DECIDES)
def waivers(request: MemberRequest) -> HttpResponse:
    """Sums of a period: the training year, unless another is asked for."""
    form, (first, last) = period_of(request)
    rows = by_agency_and_reason(waivers_between(first, last))
    context: dict[str, Any] = {
        "form": form,
        "first": first,
        "last": last,
        "rows": rows,
        "waived": sum(row.waived for row in rows),
        "amount": sum((row.amount for row in rows), NOTHING),
        "refused": sum(row.refused for row in rows),
        "query": request.GET.urlencode(),
    }
    return render(request, "finance/waivers.html", context)


@requires(*DECIDES)
def waivers_csv(request: MemberRequest) -> HttpResponse:
    """Every decision of the period as a file."""
    _, (first, last) = period_of(request)
    return csv_response("waivers.csv", WAIVER_COLUMNS, waivers_between(first, last))


def period_of(request: MemberRequest) -> tuple[WaiverPeriodForm, tuple[date, date]]:
    """The days that were asked for, and the form that asks; the training year where they are not said."""
    month = request.partnership.training_year_start_month
    first, last = training_year(timezone.localdate(), month)
    form = WaiverPeriodForm(
        request.GET if request.GET else None, initial={"first": first, "last": last}
    )
    if not form.is_valid():
        return form, (first, last)
    said = form.cleaned_data
    return form, (said["first"] or first, said["last"] or last)
