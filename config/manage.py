"""Manage training: the first page of the people who run it, and the way to the others."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from config.attention import PROVIDERS
from partnerships.access import MemberRequest, requires
from partnerships.attention import AttentionItem
from partnerships.models import Membership
from partnerships.rules.roles import OPENS_MANAGE, Permission
from partnerships.views.home import doorways

P = Permission


class ManagePage(NamedTuple):
    """A page of the second row of navigation, for people with one of the permissions."""

    text: str
    url_name: str
    permissions: frozenset[Permission]


# Every app's pages for running training, in the order of a coordinator's day.
MANAGE_PAGES = (
    ManagePage("Today", "manage", OPENS_MANAGE),
    ManagePage("Events", "manage_events", frozenset({P.RUN_TRAINING})),
    ManagePage("Requests for dates", "interest", frozenset({P.RUN_TRAINING})),
    ManagePage("Records", "admin:index", OPENS_MANAGE),
)


@requires(*OPENS_MANAGE)
def today(request: MemberRequest) -> HttpResponse:
    """What waits for this person, with numbers, and every door that is open to them."""
    doors = [door for door in doorways(request.membership) if door.url != request.path]
    context = {"attention": attention_for(request.membership), "doorways": doors}
    return render(request, "config/today.html", context)


def attention_for(membership: Membership) -> list[AttentionItem]:
    """Every app's items, in the order of the apps."""
    now = timezone.now()
    return [item for tell in PROVIDERS for item in tell(now, membership)]


def manage_navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Links between the pages for running training, on those pages only; the most exact one is current."""
    membership = getattr(request, "membership", None)
    first = reverse("manage")
    if not membership or not request.path.startswith(first):
        return []
    links = [
        {"text": page.text, "href": reverse(page.url_name)}
        for page in MANAGE_PAGES
        if page.permissions & membership.permissions
    ]
    here = max(
        (link["href"] for link in links if request.path.startswith(link["href"])),
        key=len,
        default="",
    )
    return [link | {"current": link["href"] == here} for link in links]
