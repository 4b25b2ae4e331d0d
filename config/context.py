"""What the frame of every page needs: names, navigation, footer. Reads nothing that the request has not read."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, reverse
from django.utils.functional import SimpleLazyObject

from config.manage import manage_navigation
from courses.models import Event
from partnerships.rules.roles import OPENS_MANAGE, Permission
from tenancy.scope import resolve_here

P = Permission


class NavigationLink(NamedTuple):
    """Everyone sees it, or people with one of the permissions."""

    text: str
    url_name: str
    permissions: frozenset[Permission] | None = None


NAVIGATION = (
    NavigationLink("Courses", "courses"),
    NavigationLink("Events", "events"),
    NavigationLink("Pathways", "pathways"),
    NavigationLink("My learning", "my_learning", frozenset({P.BOOK_FOR_SELF})),
    NavigationLink("My agency", "agency", frozenset({P.ANSWER_FOR_AGENCY, P.APPROVE_OWN_TEAM})),
    NavigationLink("Registers", "registers", frozenset({P.MARK_REGISTER})),
    NavigationLink("Finance", "finance", frozenset({P.MANAGE_MONEY})),
    NavigationLink("Insight", "insight", frozenset({P.READ_INSIGHT})),
    NavigationLink("Manage", "manage", OPENS_MANAGE),
)


def site(request: HttpRequest) -> dict[str, Any]:
    """Context of ``govuk/base.html``."""
    partnership = getattr(request, "partnership", None)
    if partnership is None:
        return {
            "service_name": "Partnership Training",
            "site_name": "Partnership Training",
            "site_url": "/",
        }
    return {
        "service_name": "Training",
        "partnership": partnership,
        "site_name": partnership.short_name,
        "site_url": reverse("home"),
        "theme_url": reverse("theme"),
        "membership": getattr(request, "membership", None),
        "service_navigation": navigation(request),
        "manage_navigation": manage_navigation(request),
        "account_navigation": account_navigation(request),
        "footer_links": [
            {"text": "Charges", "href": reverse("charging")},
            {"text": "Accessibility", "href": reverse("accessibility")},
            {"text": "Privacy", "href": reverse("privacy")},
            {"text": "Contact", "href": f"mailto:{partnership.contact_email}"},
        ],
        "footer_text": partnership.name,
    }


def on_the_way(request: HttpRequest) -> dict[str, Any]:
    """``event_ahead``: the event that someone was about to book when asked to sign in. Read only if a page shows it."""
    return {"event_ahead": SimpleLazyObject(lambda: event_to_book(request))}


def event_to_book(request: HttpRequest) -> Event | None:
    """The event that ``next`` leads to; None if it leads anywhere else."""
    if getattr(request, "partnership", None) is None:
        return None
    try:
        target = urlsplit(request.POST.get("next") or request.GET.get("next") or "").path
        match = resolve_here(target)
    except (Resolver404, ValueError):
        return None
    if match.url_name != "book":
        return None
    rows = Event.objects.in_catalogue().select_related("course")
    found: Event | None = rows.filter(reference=match.kwargs["reference"]).first()
    return found


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The links that this person can follow, after a second factor if one is needed."""
    membership = getattr(request, "membership", None)
    held = membership.granted if membership else frozenset()
    links = []
    for link in NAVIGATION:
        if link.permissions is None or link.permissions & held:
            href = reverse(link.url_name)
            links.append(
                {"text": link.text, "href": href, "current": request.path.startswith(href)}
            )
    return links


def account_navigation(request: HttpRequest) -> list[dict[str, Any]]:
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return [
            {"text": "Account", "href": reverse("account")},
            {"text": "Sign out", "href": reverse("account_logout"), "post": True},
        ]
    return [
        {"text": "Sign in", "href": reverse("account_login")},
        {"text": "Create an account", "href": reverse("account_signup")},
    ]
