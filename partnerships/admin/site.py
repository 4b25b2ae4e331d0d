"""The admin of one partnership, mounted at ``/<partnership>/manage/``."""

from __future__ import annotations

from typing import Any, cast

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from partnerships.access import membership_or_none, refuse_strangers, refuse_without
from partnerships.attention import AttentionItem, AttentionProvider
from partnerships.rules.roles import Permission
from partnerships.views.home import doorways

OWN_APP = "partnerships"
# Who can come in at all; the model admins say what each person can see.
OPENS_THE_ADMIN = frozenset(
    {
        Permission.RUN_TRAINING,
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_MONEY,
        Permission.MANAGE_PARTNERSHIP,
    }
)


class ManageSite(admin.AdminSite):
    """Django's admin for members with a staff role; rows are those of the active partnership."""

    site_header = "Manage training"
    site_title = "Manage training"
    index_title = "What needs attention"
    enable_nav_sidebar = False
    index_template = "partnerships/manage/index.html"
    attention_providers: tuple[AttentionProvider, ...] = ()  # set by config, which knows all apps

    def has_permission(self, request: HttpRequest) -> bool:
        """Membership with a staff permission; ``is_staff`` of the platform opens nothing here."""
        membership = membership_or_none(request)
        return membership is not None and bool(membership.permissions.intersection(OPENS_THE_ADMIN))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Guarded like every other page: sign in, 404 for strangers, second factor for staff."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            refusal = refuse_strangers(request) or refuse_without(request, OPENS_THE_ADMIN)
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

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Opens on what is waiting for this person today."""
        doors = [door for door in doorways(membership_or_none(request)) if door.url != request.path]
        own = {"attention": self.attention(request), "doorways": doors}
        return super().index(request, own | (extra_context or {}))

    def attention(self, request: HttpRequest) -> list[AttentionItem]:
        """Every app's items, in the order of the apps."""
        membership = membership_or_none(request)
        if membership is None:
            return []
        now = timezone.now()
        return [item for tell in self.attention_providers for item in tell(now, membership)]

    def get_log_entries(self, request: HttpRequest) -> Any:
        """Django's log does not know about partnerships; the history tables say who changed what instead."""
        return LogEntry.objects.none()


manage_site = ManageSite(name="admin")
