"""The filter panel of a public list: what was asked for, and the form as HTML.

Rendering six selects costs more than reading the list, and the same few panels are requested all day. What a
panel looks like depends only on its arguments, so each process keeps those that it rendered last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from courses.forms.filters import CatalogueFilter, CourseFilter, EventFilter
from courses.reports.catalogue import CatalogueChoices, catalogue_choices, months_on_offer
from partnerships.access import TenantRequest

KEPT = 512  # panels; each takes a few kilobytes


@dataclass(frozen=True)
class Panel:
    """A filter that has been read. ``form`` is there only when something in it is wrong."""

    wanted: Mapping[str, Any]
    html: SafeString
    form: CatalogueFilter | None


def course_panel(request: TenantRequest) -> Panel:
    names = tuple(CourseFilter.base_fields)
    return drawn(
        CourseFilter,
        asked(request, names),
        reverse("courses"),
        request.partnership.group_term,
        catalogue_choices(),
        (),
    )


def event_panel(request: TenantRequest, page: str = "events") -> Panel:
    """The filter of the event list, of its file, of the calendar feed, and of the month; ``page`` is where it leads."""
    names = tuple(EventFilter.base_fields)
    return drawn(
        EventFilter,
        asked(request, names),
        reverse(page),
        request.partnership.group_term,
        catalogue_choices(),
        months_on_offer(timezone.now()),
    )


def asked(request: TenantRequest, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The filter's own part of the query string."""
    given = ((name, request.GET.get(name, "")) for name in names)
    return tuple((name, value) for name, value in given if value)


@lru_cache(maxsize=KEPT)
def drawn(
    kind: type[CatalogueFilter],
    asked_for: tuple[tuple[str, str], ...],
    url: str,
    group_term: str,
    choices: CatalogueChoices,
    months: tuple[date, ...],
) -> Panel:
    """The panel for these arguments; reads nothing else."""
    data = QueryDict(mutable=True)
    data.update(dict(asked_for))
    form = kind(data, group_term=group_term, choices=choices, months=months)
    wanted = form.wanted
    context = {"form": form, "url": url, "title": form.title}
    html = render_to_string("courses/_filter.html", context)
    return Panel(wanted=wanted, html=html, form=form if form.errors else None)
