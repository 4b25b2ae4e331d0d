"""What people said, as pages show it: charts that state the finding, tables, and why a figure is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from evaluation.reports.ratings import Finding, Ratings, Result
from evaluation.reports.slices import Slice
from evaluation.rules.findings import change_sentence, level_sentence, not_counted
from evaluation.rules.states import Stage
from evaluation.views.figures import rate_bar
from govuk.charts import Bar, BarChart
from govuk.components import Column
from govuk.rules.phrases import short_date
from partnerships.rules.months import add_years, training_quarters, training_year

CHANGE_HEADINGS = [
    "Compared",
    *(Column(text, numeric=True) for text in ("n", "First", "Second", "Change", "95% interval")),
]
NOT_TOLD = "–"


def evaluation(found: Ratings) -> dict[str, Any]:
    """Responses and findings as charts and tables; if no figure may be shown, one reason for all."""
    reasons = {one.reason for finding in found.findings for one in finding.results}
    hidden = found.reason or (reasons.pop() if len(reasons) == 1 else None)
    return {
        "responses": response_chart(found) if found.responses else None,
        "findings": [] if hidden else [finding_block(one) for one in found.findings],
        "no_findings": hidden,
        "change_headings": CHANGE_HEADINGS,
    }


def response_chart(found: Ratings) -> BarChart:
    """How many of those asked have answered, by stage."""
    after = found.responses.get(Stage.IMMEDIATE)
    return BarChart(
        title="Answers received",
        finding=f"After the event, {after.wording} of those asked have answered."
        if after
        else "No one has been asked after an event yet.",
        bars=[rate_bar(stage.label, rate) for stage, rate in found.responses.items()],
        maximum=100,
        label_heading="Asked",
        value_heading="Answered of those asked",
    )


def finding_block(finding: Finding) -> dict[str, Any]:
    """One subscale: a chart of its levels and a table of its paired changes."""
    said = [sentence_of(finding.subscale.label, one) for one in finding.results]
    compared = [one for one in finding.results if one.shown.figure.second]
    bars = [bar for one in finding.results for bar in level_bars(one)]
    chart = BarChart(
        title=f"{finding.title}: mean rating",
        finding=said[0],
        bars=bars,
        maximum=finding.highest,
        label_heading="Rated",
        value_heading="Mean, and how many answered",
    )
    return {
        "title": finding.title,
        "chart": chart if bars else None,
        "more": said[1:] if bars else said,
        "caption": f"{finding.title}: change for the same people",
        "rows": [[one.shown.figure.label.capitalize(), *change_cells(one)] for one in compared],
    }


def sentence_of(name: str, one: Result) -> str:
    """What one figure says, or why it says nothing."""
    if one.reason is not None:
        return f"{name}, {one.shown.figure.label}: {one.reason.sentence}"
    if one.change is not None:
        return change_sentence(name, one.change, one.shown, one.left_out)
    return level_sentence(name, one.sums.n, one.sums.first / one.sums.n, one.shown, one.left_out)


def level_bars(one: Result) -> Iterable[Bar]:
    """The mean at each moment with n and the number asked, or that it is hidden."""
    for moment, mean in one.means:
        if mean is None:
            yield Bar(moment.label.capitalize(), None, text="Hidden")
        else:
            answered = f"n = {one.sums.n:,} of {one.asked:,} asked{not_counted(one.left_out)}"
            yield Bar(moment.label.capitalize(), mean, text=f"{mean:.1f}, {answered}")


def change_cells(one: Result) -> Sequence[str]:
    """A row of the table, with means only if they may be shown."""
    change = one.change
    if change is None:
        return ("Hidden",) * 5
    means = (f"{change.before:.1f}", f"{change.after:.1f}")
    return (
        f"{change.n:,}",
        *(means if one.shown.with_means else (NOT_TOLD, NOT_TOLD)),
        signed(change.mean),
        f"{signed(change.low)} to {signed(change.high)}",
    )


def signed(value: float) -> str:
    """+0.4, a true minus sign, and no sign before 0.0."""
    text = f"{value:+.1f}"
    return "0.0" if text in {"+0.0", "-0.0"} else text.replace("-", "−")


@dataclass(frozen=True)
class PeriodLink:
    """A training year or quarter to go to; no address if it is the one shown."""

    label: str
    address: str


def period_links(chosen: Slice, month: int, today: date, kept: dict[str, Any]) -> list[PeriodLink]:
    """The training year around the last day chosen, its quarters so far, and the years before and after it.

    ``kept``: the rest of the query string, such as the course.
    """
    first, _ = training_year(chosen.last, month)
    quarters = training_quarters(chosen.last, month)
    years = [training_year(add_years(first, step), month) for step in (-1, 0, 1)]
    periods = [years[0], years[1], *quarters, years[2]]
    return [
        PeriodLink(
            f"{'Training year ' if (start, end) in years else ''}{short_date(start)} to {short_date(end)}",
            ""
            if (start, end) == (chosen.first, chosen.last) and not chosen.of_some_agencies
            else f"?{urlencode(kept | {'start': start.isoformat(), 'end': end.isoformat()})}#evaluation",
        )
        for start, end in periods
        if start <= today
    ]
