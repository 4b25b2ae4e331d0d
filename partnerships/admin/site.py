"""The admin of one partnership, for the rare record: mounted at ``/<partnership>/manage/records/``."""

from __future__ import annotations

from typing import Any, cast

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from partnerships.access import membership_or_none, refuse_strangers, refuse_without
from partnerships.rules.roles import OPENS_MANAGE

OWN_APP = "partnerships"


class ManageSite(admin.AdminSite):
    """Django's admin for members with a staff role; rows are those of the active partnership."""

    site_header = "Manage training"
    site_title = "Manage training"
    index_title = "Records"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Membership with a staff permission; ``is_staff`` of the platform opens nothing here."""
        membership = membership_or_none(request)
        return membership is not None and bool(membership.permissions.intersection(OPENS_MANAGE))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Guarded like every other page: sign in, 404 for strangers, second factor for staff."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            refusal = refuse_strangers(request) or refuse_without(request, OPENS_MANAGE)
            return refusal or inner(request, *args, **kwargs)

        guarded.access = "manage"  # type: ignore[attr-defined]
        return guarded

    def get_urls(self) -> list[Any]:
        """Django's pages without its shortcut to any object by content type, which knows no partnership."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Search for a choice, without characters that PostgreSQL cannot read."""
        asked = request.GET.copy()
        asked["term"] = asked.get("term", "").replace("\x00", "")
        request.GET = cast(Any, asked)
        return super().autocomplete_view(request)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One place to sign in, with its throttle and second factor."""
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One place to sign out."""
        return redirect("account_logout")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One place to change the password, which emails the account holder."""
        return redirect("account_change_password")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """“View site” leads to the partnership's front page."""
        return {**super().each_context(request), "site_url": reverse("home")}

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """In the order of the apps, then people and agencies, which are set up once, and what runs by itself."""
        listed: list[dict[str, Any]] = super().get_app_list(request, app_label)
        flow = [config.label for config in apps.get_app_configs()]
        last = [OWN_APP, "outbox", "tenancy"]
        labels = [*(label for label in flow if label not in last), *last]
        return sorted(listed, key=lambda app: labels.index(app["app_label"]))

    def get_log_entries(self, request: HttpRequest) -> Any:
        """Django's log does not know about partnerships; the history tables say who changed what instead."""
        return LogEntry.objects.none()


manage_site = ManageSite(name="admin")
