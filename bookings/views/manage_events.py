"""The list of all events, for the people who run the training."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bookings.forms.events_board import EventsBoardFilter
from bookings.reports.events_board import board_events, board_rows, months_of_events
from courses.rules.states import EventState
from govuk.paging import page_of
from partnerships.access import MemberRequest, requires
from partnerships.rules.roles import Permission

A_PAGE = 30
STATE_COLOURS = {
    EventState.DRAFT: "grey",
    EventState.PUBLISHED: "green",
    EventState.CANCELLED: "red",
    EventState.COMPLETED: "blue",
}


@requires(Permission.RUN_TRAINING)
def manage_events(request: MemberRequest) -> HttpResponse:
    """When, where, how full, who waits, and what each event still needs; the same number of queries for any list."""
    now = timezone.now()
    form = EventsBoardFilter(request.GET, months=months_of_events())
    page, page_problem = page_of(
        board_events(form.wanted, now), request.GET.get("page"), size=A_PAGE
    )
    rows = [
        (row, EventState(row.event.state).label, STATE_COLOURS[EventState(row.event.state)])
        for row in board_rows(list(page), now)
    ]
    context = {"form": form, "page": page, "page_problem": page_problem, "rows": rows}
    return render(request, "bookings/manage_events.html", context)
