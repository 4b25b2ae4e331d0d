"""The admin of one partnership, mounted at ``/<partnership>/manage/``."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.http import Http404, HttpRequest, HttpResponse

from partnerships.access import ask_for_second_factor, ask_to_sign_in, membership_or_none
from partnerships.rules.roles import Permission

# Who may come in at all; what each may see is said by the model admins.
OPENS_THE_ADMIN = (Permission.RUN_TRAINING, Permission.MANAGE_PEOPLE, Permission.MANAGE_PARTNERSHIP)


class ManageSite(admin.AdminSite):
    """Django's admin for members with a staff role; rows are those of the active partnership."""

    site_header = "Manage training"
    site_title = "Manage training"
    index_title = "What needs attention"
    enable_nav_sidebar = False
    index_template = "partnerships/manage/index.html"

    def has_permission(self, request: HttpRequest) -> bool:
        """Membership with a staff permission; ``is_staff`` of the platform opens nothing here."""
        membership = membership_or_none(request)
        return membership is not None and bool(membership.permissions.intersection(OPENS_THE_ADMIN))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Guard like every other page: sign in, 404 for strangers, second factor for staff."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            refusal = ask_to_sign_in(request)
            if refusal is None and not request.membership:
                raise Http404
            if refusal is None and self.has_permission(request):
                refusal = ask_for_second_factor(request)
            return refusal or inner(request, *args, **kwargs)

        guarded.access = "manage"  # type: ignore[attr-defined]
        return guarded

    def get_log_entries(self, request: HttpRequest) -> Any:
        """Django's log knows no partnership; the history tables tell who changed what instead."""
        return LogEntry.objects.none()


manage_site = ManageSite(name="admin")
