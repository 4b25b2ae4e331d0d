"""Role profiles, who has them, and what they require."""

from __future__ import annotations

from django.contrib import admin

from competencies.models import Requirement, RequirementCourse, RoleAssignment, RoleProfile
from partnerships.admin.base import TRAINING, TenantAdmin, TenantStackedInline, TenantTabularInline
from partnerships.admin.site import manage_site


class RequirementInline(TenantStackedInline):
    """What the role requires; the courses that satisfy it are on the requirement's own page."""

    model = Requirement
    show_change_link = True
    prepopulated_fields = {"code": ("title",)}
    fields = (
        ("title", "code"),
        ("months", "minutes", "participatory_percent"),
        ("ladder", "rung"),
        "source",
    )


@admin.register(RoleProfile, site=manage_site)
class RoleProfileAdmin(TenantAdmin):
    """Kinds of jobs with their own training needs."""

    delete_permissions = TRAINING
    list_display = ("name", "group")
    list_filter = ("group",)
    search_fields = ("name__spelt", "code")
    prepopulated_fields = {"code": ("name",)}
    fields = ("name", "code", "group", "description")
    inlines = (RequirementInline,)


class RequirementCourseInline(TenantTabularInline):
    """Only these courses satisfy and renew the requirement."""

    model = RequirementCourse
    autocomplete_fields = ("course",)
    verbose_name = "course that satisfies it"
    verbose_name_plural = "courses that satisfy it"


@admin.register(Requirement, site=manage_site)
class RequirementAdmin(TenantAdmin):
    """What a role, a group or a sector must hold. If several share a code, the strictest applies."""

    delete_permissions = TRAINING
    list_display = ("title", "role_profile", "group", "sector", "months", "source")
    list_filter = ("group", "sector", "role_profile")
    list_select_related = ("role_profile", "group")
    search_fields = ("title", "code")
    prepopulated_fields = {"code": ("title",)}
    autocomplete_fields = ("role_profile",)
    inlines = (RequirementCourseInline,)
    fieldsets = (
        (None, {"fields": ("title", "code", "source")}),
        (
            "Who it applies to (people must match everything you enter)",
            {"fields": ("role_profile", "group", "sector")},
        ),
        ("How much and how often", {"fields": ("months", "minutes", "participatory_percent")}),
        ("Levels that build on each other", {"fields": ("ladder", "rung")}),
    )


@admin.register(RoleAssignment, site=manage_site)
class RoleAssignmentAdmin(TenantAdmin):
    """Who has which role, and between which dates. People and their leads enter this on their own pages."""

    delete_permissions = TRAINING
    list_display = ("membership", "role_profile", "since", "until")
    list_filter = ("role_profile",)
    list_select_related = ("membership__user", "role_profile")
    search_fields = ("membership__user__full_name__spelt",)
    autocomplete_fields = ("membership", "role_profile")
