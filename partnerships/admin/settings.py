"""The partnership's own choices."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from partnerships.admin.base import NOBODY, RULES, TRAINING, TenantAdmin
from partnerships.admin.site import manage_site
from partnerships.models import ClosureDay, Partnership, WorkforceGroup, active_partnership


@admin.register(Partnership, site=manage_site)
class PartnershipAdmin(TenantAdmin):
    """Only the partnership that the address names. The table itself is not separated by partnership."""

    view_permissions = NOBODY
    change_permissions = RULES
    may_add = False
    readonly_fields = ("slug", "host")
    exclude = ("is_demo",)  # for the test of fieldsets: only the demonstration says so
    fieldsets = (
        (None, {"fields": ("name", "short_name", "strapline", "brand_colour", "slug", "host")}),
        ("Contact", {"fields": ("contact_email", "contact_phone", "address")}),
        (
            "Names and calendar",
            {"fields": ("group_term", "training_year_start_month", "nation", "time_zone")},
        ),
        ("Your website", {"fields": ("embedding_site",)}),
        ("Signing in", {"fields": ("staff_second_factor_required",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """One row."""
        return super().get_queryset(request).filter(pk=active_partnership().pk)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A list of one row is not worth showing."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect(
            reverse("admin:partnerships_partnership_change", args=[active_partnership().pk])
        )


@admin.register(WorkforceGroup, site=manage_site)
class WorkforceGroupAdmin(TenantAdmin):
    """Levels or groups. Prices, prerequisites and requirements depend on them."""

    view_permissions = TRAINING
    change_permissions = RULES
    list_display = ("name", "code", "position")
    search_fields = ("name", "code")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Policies use a group's code to name it, so the code cannot change."""
        return () if obj is None else ("code",)


@admin.register(ClosureDay, site=manage_site)
class ClosureDayAdmin(TenantAdmin):
    """Days that do not count as notice, other than bank holidays."""

    view_permissions = TRAINING
    change_permissions = RULES
    delete_permissions = RULES
    list_display = ("day", "name")
    date_hierarchy = "day"
